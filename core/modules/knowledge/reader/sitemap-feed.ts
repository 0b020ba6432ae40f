import type { ActionContext } from '../../../kernel/context.ts';
import type { Brand } from '../../brands/index.ts';
import { articleAddress } from '../article-address.ts';
import { renderBody } from '../render-body.ts';
import { bestTexts, visibleColumns, visibleTexts, type VisibleText } from './visible-texts.ts';

export interface SitemapEntry { url: string; locale: string; updatedAt: string; alternates: { locale: string; url: string }[] }
export interface FeedEntry { id: string; url: string; title: string; summary: string; html: string; locale: string; publishedAt: string; updatedAt: string }

const everybody = ['public'] as const;
const mostAddresses = 20_000;

/** Addresses of a brand for search engines, the ones changed last first: what everybody may read. */
export async function articlesForSitemap(ctx: ActionContext, brand: Brand): Promise<SitemapEntry[]> {
  const rows = (await visibleTexts(ctx.db, { brand, audiences: everybody }).select('t.article_id', 't.locale', 't.slug', 't.updated_at').orderBy('t.updated_at', 'desc').orderBy('t.id').limit(mostAddresses)) as VisibleText[];
  const byArticle = Map.groupBy(rows, ({ article_id }) => article_id);
  return rows.map((row) => ({
    url: articleAddress(ctx.kernel, brand, row), locale: row.locale, updatedAt: new Date(Number(row.updated_at)).toISOString(),
    alternates: (byArticle.get(row.article_id) ?? []).map((text) => ({ locale: text.locale, url: articleAddress(ctx.kernel, brand, text) })),
  }));
}

/** The newest articles of a brand that everybody may read, with addresses that hold outside of its pages. */
export async function articlesForFeed(ctx: ActionContext, input: { brand: Brand; locale: string; limit?: number }): Promise<FeedEntry[]> {
  const rows = (await bestTexts(ctx.db, { ...input, audiences: everybody }).select([...visibleColumns, 't.body']).orderBy([{ column: 't.published_at', order: 'desc' }, { column: 't.id', order: 'desc' }])
    .limit(Math.min(50, input.limit ?? 20))) as (VisibleText & { body: string })[];
  const base = ctx.kernel.config.publicUrl;
  return Promise.all(rows.map(async (row) => {
    const { html } = await renderBody(ctx, { id: row.article_id, reach: 'public' }, row.body, row.locale);
    return {
      id: row.uid, url: articleAddress(ctx.kernel, input.brand, row), title: row.title, summary: row.summary || row.excerpt, locale: row.locale,
      html: html.replace(/(href|src)="\/(?!\/)/g, `$1="${base}/`), publishedAt: new Date(Number(row.published_at)).toISOString(), updatedAt: new Date(Number(row.updated_at)).toISOString(),
    };
  }));
}
