import { rm } from 'node:fs/promises';
import mysql from 'mysql2/promise';
import { startDesk } from '../../../core/app.ts';
import { createActionContext } from '../../../core/kernel/action-context.ts';
import { loadConfig } from '../../../core/kernel/config/config.ts';
import type { ActionContext } from '../../../core/kernel/context.ts';
import { newId } from '../../../core/kernel/ids.ts';
import { nobody, system } from '../../../core/kernel/policy/actor.ts';
import { selectBrands } from '../../../core/modules/brands/index.ts';
import { indexDocument, searchPassages } from '../../../core/modules/retrieval/index.ts';
import { firstOperator } from '../../support/desk-process.ts';
import { scratchDir } from '../../support/scratch.ts';
import { startMariaDb } from '../../support/servers.ts';
import type { SetArticle } from './load-set.ts';

export const engines = ['SQLite', 'MariaDB'] as const;
export type Engine = (typeof engines)[number];

type Found = Awaited<ReturnType<typeof searchPassages>>;

/** A fresh desk that answers from the articles it is given. */
export interface AnsweringDesk {
  /** Puts articles into the index, each under an id of its own; answers how many passages they made. */
  index(articles: readonly SetArticle[]): Promise<number>;
  /** What a visitor's question finds. */
  ask(query: string, locale: string): Promise<Found>;
  /** The set's id of the article that a passage is a piece of. */
  articleOf(documentId: string): string | undefined;
  stop(): Promise<void>;
}

const articlesPerTransaction = 50;

/** A MariaDB of its own for one desk. */
async function startDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = await startMariaDb();
  const connection = await mysql.createConnection(`${server.url}/mysql`);
  await connection.query('CREATE DATABASE answers CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
  await connection.end();
  return { url: `${server.url}/answers`, stop: () => server.stop() };
}

export async function startAnsweringDesk(engine: Engine): Promise<AnsweringDesk> {
  const dataDir = await scratchDir('pb-answers-');
  const database = engine === 'MariaDB' ? await startDatabase() : undefined;
  const letGo = async () => {
    await database?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const desk = await startDesk(loadConfig({
      NODE_ENV: 'test', LOG_LEVEL: 'error', HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: database?.url,
      PLUGBOARD_ADMIN_EMAIL: firstOperator.email, PLUGBOARD_ADMIN_PASSWORD: firstOperator.password,
    }));
    const [brand] = await selectBrands(desk.kernel.db.knex);
    if (!brand) throw new Error('the desk has no brand');
    const originals = new Map<string, string>();
    return {
      index: (articles) => indexAll(createActionContext(desk.kernel, system), brand.id, articles, originals),
      ask: (query, locale) => searchPassages(createActionContext(desk.kernel, nobody), { query, brandId: brand.id, audiences: ['public'], locale }),
      articleOf: (documentId) => originals.get(documentId),
      async stop() {
        await desk.stop();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function indexAll(ctx: ActionContext, brandId: number, articles: readonly SetArticle[], originals: Map<string, string>): Promise<number> {
  let passages = 0;
  for (let from = 0; from < articles.length; from += articlesPerTransaction) {
    const batch = articles.slice(from, from + articlesPerTransaction).map((article) => ({ article, id: newId() }));
    for (const { article, id } of batch) originals.set(id, article.id);
    passages += await ctx.transaction(async (tx) => {
      let made = 0;
      for (const { article: { id: slug, audience, locale, title, markdown, tags }, id } of batch) {
        made += (await indexDocument(tx, { kind: 'article', id, sourceId: null, brandId, audience, locale, title, url: `/help/${slug}`, markdown, tags })).passages;
      }
      return made;
    });
  }
  return passages;
}
