import type { ActionContext } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { articleAt } from './read-reader-article.ts';
import type { ReaderScope } from './visible-texts.ts';

/** A contact, or somebody who is known by where they come from, today only. */
export type RatingReader = { contactId: number } | { anonymous: string };

/** What a reader thinks of an article that they may read: the last word of each counts, once. */
export async function rateAsReader(ctx: ActionContext, input: ReaderScope & { slug: string; reader: RatingReader; rating: 'up' | 'down' }): Promise<{ up: number; down: number }> {
  const articleId = await articleAt(ctx, input);
  if (articleId === null) throw notFound('article');
  const { rating } = input;
  const reader = nameOf(ctx, input.reader, articleId);
  return ctx.transaction(async (tx) => {
    // One after the other for each article: what one reader says fifty times at once is counted once.
    const stats = (await tx.db('article_stats').where({ article_id: articleId }).forUpdate().first()) as { up: number; down: number } | undefined;
    if (!stats) throw notFound('article');
    const before = (await tx.db('article_ratings').where({ article_id: articleId, reader }).forUpdate().first('rating')) as { rating: 'up' | 'down' } | undefined;
    const counts = { up: stats.up, down: stats.down };
    if (before?.rating === rating) return counts;
    if (before) counts[before.rating] -= 1;
    counts[rating] += 1;
    if (before) await tx.db('article_ratings').where({ article_id: articleId, reader }).update({ rating, created_at: tx.now });
    else await tx.db('article_ratings').insert({ article_id: articleId, reader, rating, created_at: tx.now });
    await tx.db('article_stats').where({ article_id: articleId }).update(counts);
    return counts;
  });
}

/** Nobody can tell from the hash who it was, nor that it was the same one as yesterday. */
function nameOf(ctx: ActionContext, reader: RatingReader, articleId: number): string {
  if ('contactId' in reader) return `c:${reader.contactId}`;
  const day = new Date(ctx.now).toISOString().slice(0, 10);
  return ctx.kernel.secrets.sign('article-rating', `${day}:${articleId}:${reader.anonymous}`).slice(0, 64);
}
