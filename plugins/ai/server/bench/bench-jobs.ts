import type { PluginContext } from '@plugboard/sdk';
import type { Parts } from '../parts.ts';
import type { BenchRun } from './bench.store.ts';
import { runBench, startBench } from './run-bench.ts';

/** Changes come in rows; the bench waits until they are over. */
const quietMs = 60_000;
const runMs = 30 * 60_000;

export async function defineBenchJobs(ctx: PluginContext, parts: Parts): Promise<void> {
  await ctx.jobs.define<{ runId: string }>('bench-run', ({ runId }, { signal }) => runBench(ctx, parts, runId, signal), { attempts: 3, timeoutMs: runMs });
  await ctx.jobs.define<{ assistantId: string; cause: BenchRun['cause'] }>('bench-after-change', async ({ assistantId, cause }) => void await startBench(ctx, parts, assistantId, cause));
}

/** One run for all changes of a minute; none where the bench has no case. */
export async function benchAfterChange(ctx: Pick<PluginContext, 'jobs'>, { settings, bench }: Pick<Parts, 'settings' | 'bench'>, assistantIds: readonly string[], cause: BenchRun['cause']): Promise<void> {
  if (assistantIds.length === 0 || !(await settings.get()).benchAfterChanges || (await bench.enabledCases('all')).length === 0) return;
  for (const assistantId of assistantIds) await ctx.jobs.add('bench-after-change', { assistantId, cause }, { id: assistantId, delayMs: quietMs });
}
