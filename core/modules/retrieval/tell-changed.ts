import type { Kernel, ActionContext } from '../../kernel/context.ts';
import { findBrandById } from '../brands/index.ts';
import { raiseGeneration } from './vocabulary.ts';

export const changedJob = 'retrieval.changed';
/** Changes within one such span are told as one. */
const spanMs = 3_000;

interface ChangedJob { brandId: number | null }

/**
 * Remembers that what answers stand on changed. One job per brand and span tells it once the span is over: no change is added to
 * a job that may already run.
 */
export async function noteChange(tx: ActionContext, brandIds: readonly (number | null)[]): Promise<void> {
  await raiseGeneration(tx.db);
  const now = Date.now();
  const span = Math.floor(now / spanMs);
  for (const brandId of new Set(brandIds)) {
    await tx.kernel.jobs.add(changedJob, { brandId } satisfies ChangedJob, { id: `${brandId ?? 'all'}:${span}`, delayMs: (span + 1) * spanMs - now, trx: tx.db });
  }
}

export function defineChangedJob(kernel: Kernel, context: () => ActionContext, afterwards: () => Promise<void>): void {
  kernel.jobs.define<ChangedJob>(changedJob, async ({ data }) => {
    const ctx = context();
    const brand = data.brandId === null ? null : await findBrandById(ctx.db, data.brandId);
    await afterwards();
    // The brand may be gone by now; then nobody asks in its name.
    if (brand !== undefined) await ctx.emit('knowledge.changed', { brandId: brand?.uid ?? null });
  }, { concurrency: 1 });
}
