import { setImmediate } from 'node:timers/promises';
import type { ArticleHit, Page } from '@plugboard/sdk';
import type { ActionContext } from '../../../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../../kernel/db/cursor.ts';
import { searchPassages } from '../../retrieval/index.ts';
import { articleAddress } from '../article-address.ts';
import { plainTextOf } from '../render/plain-text.ts';
import { highlight, likeness, snippet, wordsIn } from './highlight.ts';
import { categoryRef, idsIn, readShelf, type ReaderShelf } from './reader-categories.ts';
import { bestTexts, isWanted, nearest, visibleColumns, visibleTexts, type ReaderScope, type VisibleText } from './visible-texts.ts';

export interface ReaderSearch extends ReaderScope {
  query?: string | undefined;
  /** Slug of a category. */
  category?: string | undefined;
  /** What lies in the categories below it too; true unless told. */
  withBelow?: boolean | undefined;
  /** Pinned articles alone; for lists without a query. */
  isPinned?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const most = 100;
const mostHits = 20;

/** Articles for a reader: those that answer a query, the ones in the reader's language first; without one the pinned ones first and then by name. */
export async function searchReaderArticles(ctx: ActionContext, search: ReaderSearch): Promise<Page<ArticleHit>> {
  const limit = Math.max(1, Math.min(most, Math.trunc(search.limit ?? 20)));
  const shelf = await readShelf(ctx, search);
  const categories = search.category === undefined ? undefined : idsIn(shelf, search.category, search.withBelow ?? true);
  if (categories === null) return { data: [], nextCursor: null };
  const query = search.query?.slice(0, 1_000).trim();
  if (query) return { data: await find(ctx, search, query, { shelf, categories, limit: Math.min(limit, mostHits) }), nextCursor: null };
  const rows = await listed(ctx, search, categories, limit);
  const { rows: page, nextCursor } = toPage(rows, limit, (row) => encodeCursor('reader', [row.is_pinned, row.title, row.id]));
  return { data: page.map((row) => hit(ctx, search, shelf, row, [], row.summary || row.excerpt)), nextCursor };
}

function hit(ctx: ActionContext, { brand }: ReaderScope, shelf: ReaderShelf, row: VisibleText, words: readonly string[], text: string): ArticleHit {
  return {
    id: row.uid, slug: row.slug, title: highlight(row.title, words), excerpt: snippet(text, words), locale: row.locale,
    url: articleAddress(ctx.kernel, brand, row), category: categoryRef(shelf, row.category_id),
  };
}

async function listed(ctx: ActionContext, search: ReaderSearch, categories: readonly number[] | undefined, limit: number): Promise<VisibleText[]> {
  const title = ctx.kernel.db.dialect === 'sqlite' ? 't.title COLLATE NOCASE' : 't.title';
  const rows = bestTexts(ctx.db, search).select(visibleColumns);
  if (categories) rows.whereIn('a.category_id', [...categories]);
  if (search.isPinned) rows.where('a.is_pinned', 1);
  if (search.cursor !== undefined) {
    const [pinned, after, id] = decodeCursor('reader', search.cursor, ['number', 'string', 'number']) as [number, string, number];
    rows.whereRaw(`(a.is_pinned < ? OR (a.is_pinned = ? AND (${title} > ? OR (${title} = ? AND t.id > ?))))`, [pinned, pinned, after, after, id]);
  }
  return (await rows.orderByRaw(`a.is_pinned DESC, ${title}, t.id`).limit(limit + 1)) as VisibleText[];
}

interface Found { shelf: ReaderShelf; categories: readonly number[] | undefined; limit: number }

/** By their passages, and by titles whose words are nearly those of the query. An article that was found in any language is shown in the reader's. */
async function find(ctx: ActionContext, scope: ReaderScope, query: string, { shelf, categories, limit }: Found): Promise<ArticleHit[]> {
  const words = wordsIn(query);
  const { passages } = await searchPassages(ctx, { query, brandId: scope.brand.id, audiences: scope.audiences, locale: scope.locale, limit: mostHits });
  const articles = passages.filter(({ kind }) => kind === 'article');
  const titles = await nearTitles(ctx, scope, words);
  const uids = [...new Set(articles.map(({ documentId }) => documentId))];
  // Asked again with brand and audience, whatever the index says.
  const rows = (await visibleTexts(ctx.db, scope).where((either) => either.whereIn('a.uid', uids).orWhereIn('t.article_id', [...titles.keys()])).select([...visibleColumns, 'a.first_locale'])) as (VisibleText & { first_locale: string })[];
  const inPlace = categories ? rows.filter(({ category_id }) => category_id !== null && categories.includes(category_id)) : rows;
  const found = [...Map.groupBy(inPlace, ({ article_id }) => article_id).values()].flatMap((texts) => {
    const row = nearest(texts, scope, texts[0]?.first_locale ?? '');
    if (!row) return [];
    const own = articles.filter(({ documentId }) => documentId === row.uid).toSorted((a, b) => b.score - a.score);
    const passage = own.find(({ locale }) => locale === row.locale)?.text;
    return [{ row, passage, score: Math.max(own[0]?.score ?? 0, titles.get(row.article_id) ?? 0), isForeign: isWanted(row, scope.locale) ? 0 : 1 }];
  });
  return found.toSorted((a, b) => a.isForeign - b.isForeign || b.score - a.score || a.row.id - b.row.id).slice(0, limit)
    .map(({ row, passage }) => hit(ctx, scope, shelf, row, words, passage === undefined ? row.summary || row.excerpt : plainTextOf(passage)));
}

const mostTitles = 5_000;

/** Titles share most of their words, and are looked through for each query: what was worked out once is kept. */
function remembered<T>(work: (text: string) => T, most = 20_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = work(text);
    if (known.size >= most) known.clear();
    known.set(text, result);
    return result;
  };
}
const titleWords = remembered(wordsIn);

/** Row ids of articles whose titles hold nearly every word of the query, with how well they do. */
async function nearTitles(ctx: ActionContext, scope: ReaderScope, words: readonly string[]): Promise<ReadonlyMap<number, number>> {
  if (words.length === 0) return new Map();
  const rows = (await visibleTexts(ctx.db, scope).select('t.article_id', 't.title').orderBy('t.published_at', 'desc').limit(mostTitles)) as { article_id: number; title: string }[];
  const scores = new Map<number, number>();
  const likenessTo = words.map((word) => remembered((candidate: string) => likeness(candidate, word)));
  for (const [index, { article_id, title }] of rows.entries()) {
    // Other readers are not to wait for this one.
    if (index % 500 === 499) await setImmediate();
    const own = titleWords(title);
    const found = likenessTo.map((likely) => Math.max(0, ...own.map(likely)));
    const score = found.reduce((sum, likely) => sum + likely, 0) / words.length;
    if (score >= 0.5 && score > (scores.get(article_id) ?? 0)) scores.set(article_id, score);
  }
  return new Map([...scores].toSorted(([, a], [, b]) => b - a).slice(0, mostHits));
}
