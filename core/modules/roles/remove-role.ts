import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import { audit } from '../audit/index.ts';
import { permissionsOf, Role } from './role.model.ts';
import { readRole } from './role.queries.ts';

/** Removes a role of the desk's own that nobody has any more. */
export async function removeRole(ctx: ActionContext, input: { id: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    await Role.query(tx.db).findOne('uid', input.id).forUpdate();
    const role = await readRole(tx.db, input.id);
    tx.authorize('role.remove', { permissions: permissionsOf(role), scope: role.scope });
    if (role.is_system === 1) throw conflict('system_role');
    if (Number(role.operator_count) > 0) throw conflict('role_in_use', { operators: Number(role.operator_count) });
    await Role.query(tx.db).deleteById(role.id);
    await audit(tx, 'role.removed', { type: 'role', id: role.uid }, { name: role.name });
  });
}
