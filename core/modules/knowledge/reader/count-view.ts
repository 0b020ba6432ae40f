import type { Kernel } from '../../../kernel/context.ts';

const everyMs = 10_000;
interface Waiting { counts: Map<number, number>; timer: NodeJS.Timeout | undefined }
const waiting = new WeakMap<Kernel, Waiting>();

/** One reader more. Counted in memory and written together every ten seconds, so that reading never waits for writing. */
export function countView(kernel: Kernel, articleId: number): void {
  const own = waiting.get(kernel) ?? { counts: new Map<number, number>(), timer: undefined };
  waiting.set(kernel, own);
  own.counts.set(articleId, (own.counts.get(articleId) ?? 0) + 1);
  own.timer ??= setTimeout(() => {
    writeViews(kernel).catch((error: unknown) => kernel.log.warn({ err: error }, 'views of articles could not be written'));
  }, everyMs).unref();
}

/** Writes what was counted; what cannot be written waits for the next time. */
export async function writeViews(kernel: Kernel): Promise<void> {
  const own = waiting.get(kernel);
  if (!own) return;
  clearTimeout(own.timer);
  waiting.delete(kernel);
  try {
    await kernel.db.transaction(async (trx) => {
      for (const [articleId, count] of [...own.counts].sort(([a], [b]) => a - b)) await trx('article_stats').where({ article_id: articleId }).increment('views', count);
    });
  } catch (error) {
    for (const [articleId, count] of own.counts) for (let n = 0; n < count; n += 1) countView(kernel, articleId);
    throw error;
  }
}
