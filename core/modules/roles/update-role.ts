import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { conflict } from '../../kernel/errors.ts';
import type { RoleDto, RolePatch } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { changePermissions } from './change-permissions.ts';
import { ownerKey, permissionsOf, Role } from './role.model.ts';
import { checkPermissions } from './role-permissions.ts';
import { presentRole } from './role.presenter.ts';
import { readRole } from './role.queries.ts';

/** Changes what a role allows; whoever has it feels it at once. The owners' role allows everything and stays so. */
export async function updateRole(ctx: ActionContext, input: RolePatch & { id: string }): Promise<RoleDto> {
  return changePermissions(ctx, null, async (tx) => {
    const role = await readRole(tx.db, input.id);
    tx.authorize('role.update', { permissions: permissionsOf(role), scope: role.scope });
    if (role.key === ownerKey) throw conflict('owner_role');
    const permissions = input.permissions ? checkPermissions(input.permissions) : permissionsOf(role);
    const next = { name: input.name ?? role.name, permissions, scope: input.scope ?? role.scope };
    tx.authorize('role.update', next);
    await refuseTaken('name', () => Role.query(tx.db).findById(role.id).patch({ ...next, permissions: JSON.stringify(permissions) }));
    await audit(tx, 'role.changed', { type: 'role', id: role.uid }, { ...input });
    return presentRole(await readRole(tx.db, role.uid));
  });
}
