import type { ActionContext } from '../../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ArticleDto, ArticleRevisionDetail, ArticleRevisionSummary } from '../../shared/knowledge.ts';
import { ArticleRevision } from './article.model.ts';
import { readArticle } from './article.queries.ts';
import { lineDiff } from './line-diff.ts';
import { updateArticle } from './update-article.ts';

type Row = Omit<ArticleRevision, 'body'> & { body?: string; author_uid: string | null; author_name: string | null };

const columns = ['r.id', 'r.uid', 'r.article_id', 'r.locale', 'r.title', 'r.summary', 'r.author_id', 'r.created_at', 'o.uid as author_uid', 'o.name as author_name'];
const rows = (ctx: ActionContext, articleId: number) => ctx.db('article_revisions as r').leftJoin('operators as o', 'o.id', 'r.author_id').where('r.article_id', articleId);

const present = (row: Row, newest: ReadonlySet<number>): ArticleRevisionSummary => ({
  id: row.uid, locale: row.locale, title: row.title, summary: row.summary, createdAt: new Date(Number(row.created_at)).toISOString(), isCurrent: newest.has(row.id),
  author: row.author_uid === null ? null : { id: row.author_uid, name: row.author_name ?? '' },
});

/** The newest revision of each language: the text as it is. */
async function newestOf(ctx: ActionContext, articleId: number): Promise<ReadonlySet<number>> {
  const found = (await ctx.db('article_revisions').where({ article_id: articleId }).groupBy('locale').max({ id: 'id' })) as { id: number }[];
  return new Set(found.map(({ id }) => Number(id)));
}

/** Texts that were saved, the last one first. */
export async function listRevisions(ctx: ActionContext, input: { id: string; locale?: string | undefined; limit: number; cursor?: string | undefined }): Promise<{ data: ArticleRevisionSummary[]; nextCursor: string | null }> {
  const article = await readArticle(ctx, input.id);
  const list = rows(ctx, article.id).select(columns).orderBy('r.id', 'desc').limit(input.limit + 1);
  if (input.locale) list.where('r.locale', input.locale);
  if (input.cursor !== undefined) list.where('r.id', '<', decodeCursor('revisions', input.cursor, ['number'])[0] as number);
  const page = toPage((await list) as Row[], input.limit, (row) => encodeCursor('revisions', [row.id]));
  const newest = await newestOf(ctx, article.id);
  return { data: page.rows.map((row) => present(row, newest)), nextCursor: page.nextCursor };
}

async function readRevision(ctx: ActionContext, id: string, revisionId: string): Promise<{ articleId: number; row: Row & { body: string } }> {
  const article = await readArticle(ctx, id);
  const row = (await rows(ctx, article.id).where('r.uid', revisionId).first([...columns, 'r.body'])) as (Row & { body: string }) | undefined;
  if (!row) throw notFound('revision');
  return { articleId: article.id, row };
}

/** One revision, and how it differs from the one before it or from the text as it is now. */
export async function compareRevision(ctx: ActionContext, input: { id: string; revisionId: string; against: 'previous' | 'current' }): Promise<ArticleRevisionDetail> {
  const { articleId, row } = await readRevision(ctx, input.id, input.revisionId);
  const others = ArticleRevision.query(ctx.db).where({ article_id: articleId, locale: row.locale }).whereNot({ id: row.id }).orderBy('id', 'desc');
  const other = await (input.against === 'previous' ? others.where('id', '<', row.id) : others).first();
  const isOther = other !== undefined && (input.against === 'previous' || other.id > row.id);
  return {
    ...present(row, await newestOf(ctx, articleId)), body: row.body,
    comparedWith: isOther ? { id: other.uid, title: other.title, createdAt: new Date(Number(other.created_at)).toISOString() } : null,
    diff: isOther ? lineDiff(other.body, row.body) : [],
  };
}

/** Writes the words of a revision again, as a new one. Status, address and audience stay as they are. */
export async function restoreRevision(ctx: ActionContext, input: { id: string; revisionId: string }): Promise<ArticleDto> {
  const { row } = await readRevision(ctx, input.id, input.revisionId);
  return updateArticle(ctx, { id: input.id, locale: row.locale, title: row.title, summary: row.summary, body: row.body });
}
