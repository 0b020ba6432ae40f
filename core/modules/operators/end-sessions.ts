import type { ActionContext } from '../../kernel/context.ts';

/** Ends what somebody is signed in with, but for one session. Sessions stand above operators: their rows go by table. */
export async function endSessions(tx: ActionContext, operatorId: number, keepSessionId?: number): Promise<void> {
  const sessions = tx.db('sessions').where({ operator_id: operatorId });
  await (keepSessionId === undefined ? sessions : sessions.whereNot({ id: keepSessionId })).delete();
}
