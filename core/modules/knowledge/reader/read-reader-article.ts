import type { ArticleView, ReadAudience } from '@plugboard/sdk';
import type { ActionContext } from '../../../kernel/context.ts';
import { articleAddress } from '../article-address.ts';
import { strings } from '../article.presenter.ts';
import { renderBody } from '../render-body.ts';
import type { Heading } from '../render/render-article.ts';
import { categoryRef, readShelf, type ReaderShelf } from './reader-categories.ts';
import { bestTexts, nearest, visibleColumns, visibleTexts, type ReaderScope, type VisibleText } from './visible-texts.ts';

/** An article's page: what plugins get of it, and what a page of our own needs besides. */
export interface ReaderArticle extends ArticleView {
  /** Row id, for `countView` and `rateAsReader`. */
  rowId: number;
  audience: ReadAudience;
  tags: string[];
  headings: Heading[];
  /** The categories that it lies in, outermost first. */
  path: { slug: string; name: string }[];
  /** Its addresses in all languages, its own among them. */
  alternates: { locale: string; slug: string; url: string }[];
  /** The address asked for is an old one, or that of another language: lead the reader to `url`. */
  isMoved: boolean;
}
type Row = VisibleText & { body: string; reach: ReadAudience; tags: string; related: string; first_locale: string };

const columns = [...visibleColumns, 't.body', 'a.reach', 'a.tags', 'a.related', 'a.first_locale'];
const mostRelated = 5;

/** The article behind an address, in the reader's language where it is there in it. Null for what the reader may not know of. */
export async function readReaderArticle(ctx: ActionContext, scope: ReaderScope & { slug: string }): Promise<ReaderArticle | null> {
  const articleId = await articleAt(ctx, scope);
  if (articleId === null) return null;
  const texts = (await visibleTexts(ctx.db, scope).where('t.article_id', articleId).select(columns)) as Row[];
  const row = nearest(texts, scope, texts[0]?.first_locale ?? '');
  if (!row) return null;
  const shelf = await readShelf(ctx, scope);
  const { html, headings } = await renderBody(ctx, { id: row.article_id, reach: row.reach }, row.body, row.locale);
  const alternates = texts.map(({ locale, slug }) => ({ locale, slug, url: articleAddress(ctx.kernel, scope.brand, { locale, slug }) }));
  return {
    id: row.uid, rowId: row.article_id, slug: row.slug, title: row.title, summary: row.summary || row.excerpt, html, locale: row.locale, audience: row.reach,
    category: categoryRef(shelf, row.category_id), path: shelf.tree.path(row.category_id).map((category) => ({ slug: category.slug, name: shelf.nameOf(category).name })),
    url: articleAddress(ctx.kernel, scope.brand, row), publishedAt: new Date(Number(row.published_at)).toISOString(), updatedAt: new Date(Number(row.updated_at)).toISOString(),
    related: await related(ctx, scope, row, shelf), locales: texts.map(({ locale }) => locale), rating: await ratingOf(ctx, row.article_id),
    tags: strings(row.tags), headings, alternates, isMoved: row.slug !== scope.slug,
  };
}

/** Row id of the article that has this address now, else of the one that had it. One address may name two articles in two languages. */
export async function articleAt(ctx: ActionContext, scope: ReaderScope & { slug: string }): Promise<number | null> {
  const now = (await visibleTexts(ctx.db, scope).where({ 't.brand_id': scope.brand.id, 't.slug': scope.slug }).select('t.article_id', 't.locale', 'a.first_locale')) as Row[];
  const found = nearest(now, scope, now[0]?.locale ?? '');
  if (found) return found.article_id;
  const before = (await ctx.db('article_slugs').where({ brand_id: scope.brand.id, slug: scope.slug }).whereIn('article_id', visibleTexts(ctx.db, scope).select('t.article_id'))
    .select('article_id', 'locale')) as { article_id: number; locale: string }[];
  return nearest(before, scope, before[0]?.locale ?? '')?.article_id ?? null;
}

async function related(ctx: ActionContext, scope: ReaderScope, row: Row, shelf: ReaderShelf): Promise<ArticleView['related']> {
  const chosen = strings(row.related);
  const named = chosen.length === 0 ? [] : (await bestTexts(ctx.db, scope).whereIn('a.uid', chosen).whereNot('a.id', row.article_id).select(visibleColumns)) as VisibleText[];
  const ordered = named.toSorted((a, b) => chosen.indexOf(a.uid) - chosen.indexOf(b.uid)).slice(0, 10);
  const room = mostRelated - ordered.length;
  const beside = room <= 0 || !shelf.tree.get(row.category_id) ? [] : (await bestTexts(ctx.db, scope).where('a.category_id', row.category_id)
    .whereNotIn('a.id', [row.article_id, ...ordered.map(({ article_id }) => article_id)]).select(visibleColumns).orderBy([{ column: 'a.is_pinned', order: 'desc' }, { column: 't.title' }]).limit(room)) as VisibleText[];
  return [...ordered, ...beside].map(({ slug, title, locale }) => ({ slug, title, url: articleAddress(ctx.kernel, scope.brand, { slug, locale }) }));
}

async function ratingOf(ctx: ActionContext, articleId: number): Promise<{ up: number; down: number }> {
  const row = (await ctx.db('article_stats').where({ article_id: articleId }).first('up', 'down')) as { up: number; down: number } | undefined;
  return { up: row?.up ?? 0, down: row?.down ?? 0 };
}
