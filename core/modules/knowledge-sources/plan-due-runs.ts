import type { ActionContext } from '../../kernel/context.ts';
import { removeSource } from './remove-source.ts';
import { addRun, planRun } from './run-plan.ts';
import { isRunning, KnowledgeSource } from './source.model.ts';
import { lockSource } from './source.queries.ts';

const batch = 100;

/** Begins what is due, and gives readings whose job was lost a new one. */
export async function planDueRuns(ctx: ActionContext): Promise<void> {
  const due = await KnowledgeSource.query(ctx.db).select('id').where({ is_enabled: 1 }).where('next_run_at', '<=', ctx.now).orderBy('next_run_at').limit(batch);
  for (const { id } of due) {
    await ctx.transaction(async (tx) => {
      const source = await lockSource(tx.db, id);
      if (source?.is_enabled === 1 && !isRunning(source) && source.next_run_at !== null && source.next_run_at <= tx.now) await planRun(tx, source);
    });
  }
  const running = await KnowledgeSource.query(ctx.db).select('id', 'run', 'kind', 'run_mode').where({ is_enabled: 1 }).whereIn('state', ['pending', 'processing']).limit(batch);
  for (const source of running) await addRun(ctx, source);
}

/** Sources of a brand that was removed go with it. */
export async function removeLostSources(ctx: ActionContext): Promise<void> {
  const lost = await KnowledgeSource.query(ctx.db).select('uid').whereNotNull('brand_id').whereNotExists(ctx.db('brands').whereRaw('brands.id = knowledge_sources.brand_id')).limit(batch);
  for (const { uid } of lost) await removeSource(ctx, { id: uid });
}
