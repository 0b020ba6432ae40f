import { leaseEndedSql } from '../../kernel/db/clock.ts';
import { execute, selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { tellEnded, tellWaiting } from './tell-call.ts';
import { callErrors, type ToolCallRow } from './tool-call.model.ts';

const batch = 100;

/** Calls whose process died are marked for a person to look at, never run again; those that nobody decided in time are over. */
export async function sweepCalls(ctx: ActionContext): Promise<void> {
  const ended = leaseEndedSql(ctx.kernel.db, 'lease_until');
  const dead = await selectRows<ToolCallRow>(ctx.db, `SELECT * FROM tool_calls WHERE status = 'running' AND ${ended} ORDER BY id LIMIT ${batch}`);
  for (const call of dead) {
    await ctx.transaction(async (tx) => {
      const { changes } = await execute(tx.db, `UPDATE tool_calls SET status = 'failed', error = ?, lease_until = NULL, updated_at = ? WHERE id = ? AND status = 'running' AND ${ended}`, [callErrors.interrupted, tx.now, call.id]);
      if (changes > 0) await tellEnded(tx, { ...call, status: 'failed', error: callErrors.interrupted });
    });
  }
  const late = await selectRows<ToolCallRow>(ctx.db, `SELECT * FROM tool_calls WHERE status = 'pending' AND expires_at <= ? ORDER BY id LIMIT ${batch}`, [ctx.now]);
  for (const call of late) {
    await ctx.transaction(async (tx) => {
      const { changes } = await execute(tx.db, "UPDATE tool_calls SET status = 'expired', updated_at = ? WHERE id = ? AND status = 'pending'", [tx.now, call.id]);
      if (changes > 0) await tellWaiting(tx, { ...call, status: 'expired' });
    });
  }
}
