import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { audit } from '../audit/index.ts';
import { changePermissions } from '../roles/index.ts';
import { Session } from './session.model.ts';

/** Signs one of one's own devices out. */
export async function revokeDevice(ctx: ActionContext, actor: OperatorActor, input: { id: string; ip: string }): Promise<void> {
  await changePermissions(ctx, actor.id, async (tx) => {
    const gone = await Session.query(tx.db).delete().where({ uid: input.id, operator_id: actor.rowId });
    if (gone === 0) throw notFound('session');
    await audit(tx, 'session.revoked', { type: 'session', id: input.id }, {}, input.ip);
  });
}
