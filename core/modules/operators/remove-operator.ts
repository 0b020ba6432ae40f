import type { ActionContext } from '../../kernel/context.ts';
import { audit } from '../audit/index.ts';
import { setMemberships } from '../departments/index.ts';
import { changePermissions, lockOwnerRole } from '../roles/index.ts';
import { endSessions } from './end-sessions.ts';
import { refuseLastOwner } from './last-owner.ts';
import { grantOf } from './operator-grant.ts';
import { Operator } from './operator.model.ts';
import { readOperator } from './operator.queries.ts';

/** Removes somebody: sessions and personal tokens end, the address is free again, and what they wrote keeps their name. */
export async function removeOperator(ctx: ActionContext, input: { id: string }): Promise<void> {
  await changePermissions(ctx, input.id, async (tx) => {
    const ownerRole = await lockOwnerRole(tx.db);
    const operator = await readOperator(tx.db, input.id);
    tx.authorize('operator.remove', grantOf(operator));
    await refuseLastOwner(tx, ownerRole, operator);
    await Operator.query(tx.db).findById(operator.id).patch({
      is_active: 0, removed_at: tx.now, password_hash: null, preferences: '{}', email: `${operator.uid}@removed.invalid`,
    });
    await endSessions(tx, operator.id);
    await tx.db('api_tokens').where({ operator_id: operator.id, kind: 'personal' }).whereNull('revoked_at').update({ revoked_at: tx.now });
    await setMemberships(tx.db, operator.id, []);
    await audit(tx, 'operator.removed', { type: 'operator', id: input.id }, { name: operator.name, email: operator.email });
  });
}
