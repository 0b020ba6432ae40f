import type { ActionContext } from '../../kernel/context.ts';
import { hashToken } from '../../kernel/ids.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { audit } from '../audit/index.ts';
import { changePermissions } from '../roles/index.ts';
import { Session } from './session.model.ts';

/** Ends the session of a cookie; one that has ended already is no mistake. */
export async function signOut(ctx: ActionContext, token: string | null, ip: string): Promise<void> {
  if (!token || !isStaff(ctx.actor)) return;
  const { id } = ctx.actor;
  await changePermissions(ctx, id, async (tx) => {
    await Session.query(tx.db).delete().where({ token_hash: hashToken(token) });
    await audit(tx, 'session.closed', { type: 'operator', id }, {}, ip);
  });
}
