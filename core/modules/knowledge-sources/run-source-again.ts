import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import type { SourceDto } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { planRun } from './run-plan.ts';
import { isRunning, KnowledgeSource, type SourceError } from './source.model.ts';
import { answerSource, readSource } from './source.queries.ts';
import { tellSource } from './tell-source.ts';

/** Fetches a source again. While it is being read that is all there is: many calls are one reading. */
export async function runSourceAgain(ctx: ActionContext, { id }: { id: string }): Promise<SourceDto> {
  return ctx.transaction(async (tx) => {
    const source = await readSource(tx, id, { isLocked: true });
    tx.authorize('knowledge-source.edit', source);
    if (source.is_enabled !== 1) throw conflict('source_disabled');
    if (source.kind === 'guidance' || (isRunning(source) && source.run_mode === 'fetch')) return answerSource(tx, id);
    await planRun(tx, source);
    await audit(tx, 'knowledge-source.fetched', { type: 'knowledge-source', id }, { name: source.name });
    await tellSource(tx, source);
    return answerSource(tx, id);
  });
}

/** Stops the reading. What was read stays. */
export async function stopSource(ctx: ActionContext, { id }: { id: string }): Promise<SourceDto> {
  return ctx.transaction(async (tx) => {
    const source = await readSource(tx, id, { isLocked: true });
    tx.authorize('knowledge-source.edit', source);
    if (!isRunning(source) || source.is_enabled !== 1) return answerSource(tx, id);
    const error: SourceError = { key: 'stopped', values: {} };
    await KnowledgeSource.query(tx.db).findById(source.id).patch({
      run: source.run + 1, fence: 0, state: source.document_count > 0 ? 'ready' : 'error', error: JSON.stringify(error), updated_at: tx.now,
    });
    await audit(tx, 'knowledge-source.stopped', { type: 'knowledge-source', id }, { name: source.name });
    await tellSource(tx, source);
    return answerSource(tx, id);
  });
}
