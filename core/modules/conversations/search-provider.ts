import { selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { callActorOf } from './conversation-ref.ts';
import { accessCondition, all, type ListFilter } from './list-segments.ts';
import { viewCondition } from './view-condition.ts';

const timeoutMs = 2_000;
const maxHits = 200;

/**
 * Asks the search engine of a plugin. It answers ids in its order of rank; what the operator may see of them is decided
 * here. Null when there is no engine or it did not answer: then the database's own full text is asked.
 */
export async function searchByProvider(ctx: ActionContext, actor: OperatorActor, filter: ListFilter, q: string, limit: number): Promise<number[] | null> {
  const engine = ctx.kernel.search.provider();
  if (!engine) return null;
  try {
    const { ids } = await engine.search({ query: q, limit: maxHits }, { signal: AbortSignal.timeout(timeoutMs), actor: callActorOf(actor), locale: ctx.locale });
    return await visible(ctx, actor, filter, ids.filter((id) => typeof id === 'string').slice(0, maxHits), limit);
  } catch (error) {
    ctx.log.warn({ err: error, engine: engine.id }, 'the search engine did not answer; the database searches instead');
    return null;
  }
}

async function visible(ctx: ActionContext, actor: OperatorActor, filter: ListFilter, uids: readonly string[], limit: number): Promise<number[]> {
  if (uids.length === 0) return [];
  const scope = all(accessCondition(actor), viewCondition(actor, filter));
  const rows = await selectRows<{ id: number; uid: string }>(ctx.db,
    `SELECT c.id, c.uid FROM conversations c WHERE c.uid IN (${uids.map(() => '?').join(', ')})${scope ? ` AND ${scope.sql}` : ''}`, [...uids, ...(scope?.bindings ?? [])]);
  const byUid = new Map(rows.map(({ id, uid }) => [uid, id]));
  return [...new Set(uids)].flatMap((uid) => byUid.get(uid) ?? []).slice(0, limit);
}
