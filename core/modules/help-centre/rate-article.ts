import type { Context } from 'koa';
import { readRaw } from '../../kernel/http/body.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { isOwnOrigin } from '../../kernel/http/origin.ts';
import { addressPrefix } from '../../kernel/http/rate-limit.ts';
import type { HttpContext } from '../../kernel/http/state.ts';
import { rateAsReader } from '../knowledge/index.ts';
import type { Visit } from './visit.ts';

const mostBytes = 1_000;

/** Takes yes or no from the form below an article: only from a page of the desk, one word for each reader. */
export async function rateArticle(visit: Visit, ctx: HttpContext, slug: string): Promise<'up' | 'down'> {
  if (!isOwnOrigin('POST', ctx.headers, visit.ctx.kernel.config.publicUrl)) throw new AppError(403, 'foreign_origin');
  if (!(ctx as unknown as Context).is('urlencoded')) throw new AppError(415, 'unsupported_media_type');
  const rating = new URLSearchParams((await readRaw(ctx.req, mostBytes)).toString('utf8')).get('rating');
  if (rating !== 'up' && rating !== 'down') throw invalid('rating', 'invalid_value');
  await rateAsReader(visit.ctx, { ...visit.scope, slug, rating, reader: { anonymous: `${addressPrefix(ctx.state.ip)} ${ctx.get('User-Agent').slice(0, 300)}` } });
  return rating;
}
