import type { Knex } from 'knex';
import type { ActionContext } from '../../kernel/context.ts';
import { decodeCursor } from '../../kernel/db/cursor.ts';
import { notFound } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { ArticleListQuery } from '../../shared/knowledge.ts';
import { Brand, findBrand } from '../brands/index.ts';
import { Article, ArticleText } from './article.model.ts';
import { ArticleCategory } from './category.model.ts';
import { CategoryTree } from './category-tree.ts';

export interface ArticleRow { article: Article; text: Omit<ArticleText, 'body'> & { has_body: number } }

/** An article that the caller may see; 404 for every other one. */
export async function readArticle(ctx: ActionContext, uid: string): Promise<Article> {
  const article = await Article.query(ctx.db).findOne({ uid });
  if (!article || !ctx.can('article.view', article)) throw notFound('article');
  return article;
}

/** The same with its row and its brand's locked: who else writes in this help centre waits. */
export async function lockArticle(tx: ActionContext, uid: string): Promise<Article> {
  const article = await Article.query(tx.db).findOne({ uid }).forUpdate();
  if (!article || !tx.can('article.view', article)) throw notFound('article');
  await lockBrand(tx.db, article.brand_id);
  return article;
}

/** One change at a time of what lies where in a brand: an audience that gets narrower misses no article. */
export async function lockBrand(db: Knex, brandId: number): Promise<Brand> {
  const brand = await Brand.query(db).findById(brandId).forUpdate();
  if (!brand) throw notFound('brand');
  return brand;
}

export const textsOf = (db: Knex, articleId: number): Promise<ArticleText[]> => ArticleText.query(db).where({ article_id: articleId }).orderBy('id').execute();

/** The text in that language, else the article's first one. */
export function pickText(article: Article, texts: readonly ArticleText[], locale: string | undefined): ArticleText {
  const text = texts.find((candidate) => candidate.locale === locale) ?? texts.find((candidate) => candidate.locale === article.first_locale) ?? texts[0];
  if (!text) throw notFound('article');
  return text;
}

export async function readTree(db: Knex, brandId: number): Promise<CategoryTree> {
  return new CategoryTree(await ArticleCategory.query(db).where({ brand_id: brandId }).orderBy(['position', 'id']));
}

const columns = ['article_id', 'brand_id', 'locale', 'title', 'slug', 'summary', 'status', 'publish_at', 'published_at', 'version', 'updated_at'] as const;
const literally = (text: string): string => `%${text.replace(/[!%_]/g, (letter) => `!${letter}`)}%`;

/** Articles of the caller's brands, the ones changed last first, one more than the page has. Each with its text in `locale`, else with its first. */
export async function selectArticles(ctx: ActionContext, query: ArticleListQuery): Promise<ArticleRow[]> {
  const { db } = ctx;
  const list = db('articles as a').join('article_texts as t', (join) => {
    join.on('t.article_id', 'a.id');
    if (query.locale) join.andOnVal('t.locale', query.locale);
    else join.andOn('t.locale', 'a.first_locale');
  });
  list.select('a.*', ...columns.map((column) => `t.${column} as t_${column}`), db.raw("CASE WHEN t.body = '' THEN 0 ELSE 1 END as t_has_body"));
  await narrow(ctx, list, query);
  if (query.cursor !== undefined) {
    const [updatedAt, id] = decodeCursor('articles', query.cursor, ['number', 'number']) as [number, number];
    list.where('a.updated_at', '<=', updatedAt).where((after) => after.where('a.updated_at', '<', updatedAt).orWhere('a.id', '<', id));
  }
  const rows = (await list.orderBy([{ column: 'a.updated_at', order: 'desc' }, { column: 'a.id', order: 'desc' }]).limit(query.limit + 1)) as Record<string, unknown>[];
  return rows.map(splitRow);
}

async function narrow(ctx: ActionContext, list: Knex.QueryBuilder, query: ArticleListQuery): Promise<void> {
  const { actor, db } = ctx;
  if (isStaff(actor) && actor.brandIds !== 'all') list.whereIn('a.brand_id', [...actor.brandIds]);
  if (query.brandId) list.where('a.brand_id', (await findBrand(db, query.brandId))?.id ?? 0);
  if (query.categoryId) list.where('a.category_id', (await ArticleCategory.query(db).findOne({ uid: query.categoryId }))?.id ?? 0);
  if (query.audience) list.where('a.reach', query.audience);
  if (query.status) list.where('t.status', query.status);
  // Tags are JSON: a tag stands in it as JSON writes it.
  if (query.tag) list.whereRaw("a.tags LIKE ? ESCAPE '!'", [literally(JSON.stringify(query.tag))]);
  // An address that an article had before leads to it still.
  if (query.slug) {
    const { slug } = query;
    list.where((found) => {
      for (const table of ['article_texts', 'article_slugs']) found.orWhereExists(db(`${table} as x`).select('x.article_id').whereRaw('x.article_id = a.id').where('x.slug', slug));
    });
  }
  if (query.missingLocale) list.whereNotExists(db('article_texts as m').select('m.id').whereRaw('m.article_id = a.id').where('m.locale', query.missingLocale));
  for (const word of (query.q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 8)) {
    const holds = (found: Knex.QueryBuilder) => {
      for (const form of formsOf(word)) for (const column of searched) found.orWhereRaw(`s.${column} LIKE ? ESCAPE '!'`, [literally(form)]);
    };
    list.whereExists(db('article_texts as s').select('s.id').whereRaw('s.article_id = a.id').modify((found) => { if (query.locale) found.where('s.locale', query.locale); }).where(holds));
  }
}

const searched = ['title', 'summary', 'body'] as const;

/** SQLite knows capitals of a to z alone. */
function formsOf(word: string): string[] {
  const lower = word.toLowerCase();
  const [first = '', ...rest] = lower;
  return [...new Set([word, lower, word.toUpperCase(), first.toUpperCase() + rest.join('')])];
}

function splitRow(row: Record<string, unknown>): ArticleRow {
  const text = Object.fromEntries([...columns, 'has_body'].map((column) => [column, row[`t_${column}`]]));
  const article = Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('t_')));
  return { article: article as unknown as Article, text: text as unknown as ArticleRow['text'] };
}
