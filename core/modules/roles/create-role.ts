import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { newId } from '../../kernel/ids.ts';
import type { RoleBody, RoleDto } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { Role } from './role.model.ts';
import { checkPermissions } from './role-permissions.ts';
import { presentRole } from './role.presenter.ts';
import { readRole } from './role.queries.ts';

export async function createRole(ctx: ActionContext, input: RoleBody): Promise<RoleDto> {
  const permissions = checkPermissions(input.permissions);
  ctx.authorize('role.create', { permissions, scope: input.scope });
  return ctx.transaction(async (tx) => {
    const uid = newId();
    await refuseTaken('name', () => Role.query(tx.db).insert({ uid, key: null, name: input.name, permissions: JSON.stringify(permissions), scope: input.scope, is_system: 0 }));
    await audit(tx, 'role.created', { type: 'role', id: uid }, { name: input.name, permissions, scope: input.scope });
    return presentRole(await readRole(tx.db, uid));
  });
}
