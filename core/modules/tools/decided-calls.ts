import type { DecidedCall } from '@plugboard/sdk';
import { execute, selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import type { LoadedConversation } from '../conversations/index.ts';
import type { ToolCallRow } from './tool-call.model.ts';

const most = 20;

/** What became of calls that a person had to decide, as far as the assistant has not heard of it. */
export async function decidedCalls(ctx: ActionContext, conversationId: number): Promise<(DecidedCall & { callId: string })[]> {
  const rows = await selectRows<ToolCallRow>(ctx.db, `SELECT * FROM tool_calls WHERE conversation_id = ? AND actor_type = 'assistant' AND told_at IS NULL
    AND (status = 'expired' OR (decided_at IS NOT NULL AND status IN ('done', 'failed', 'rejected'))) ORDER BY id LIMIT ${most}`, [conversationId]);
  return rows.map(({ uid, model_name, input, status, result, error, reason }) => ({
    callId: uid, name: model_name, input: JSON.parse(input) as unknown,
    ...(status === 'done' ? { status, result: JSON.parse(result ?? 'null') as unknown } : status === 'failed' ? { status, reason: error ?? 'failed' } : { status: 'rejected' as const, reason: status === 'expired' ? 'expired' : reason ?? 'rejected' }),
  }));
}

export async function markTold(tx: ActionContext, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  await execute(tx.db, `UPDATE tool_calls SET told_at = ? WHERE told_at IS NULL AND uid IN (${callIds.map(() => '?').join(', ')})`, [tx.now, ...callIds]);
}

/** Both at once. */
export const takeDecided = (ctx: ActionContext, conversation: Pick<LoadedConversation, 'id'>): Promise<DecidedCall[]> => ctx.transaction(async (tx) => {
  const calls = await decidedCalls(tx, conversation.id);
  await markTold(tx, calls.map(({ callId }) => callId));
  return calls.map(({ callId: _id, ...call }) => call);
});

/** A turn was lost: it starts nothing any more. What waits for a person goes on waiting, what runs ends by itself. */
export async function endCalls(tx: ActionContext, runUid: string): Promise<void> {
  await execute(tx.db, 'UPDATE tool_calls SET run_ended_at = ? WHERE run_uid = ? AND run_ended_at IS NULL', [tx.now, runUid]);
}
