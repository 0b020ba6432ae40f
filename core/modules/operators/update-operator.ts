import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import type { OperatorDto, OperatorPatch } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { departmentRowIds, setMemberships } from '../departments/index.ts';
import { changePermissions, lockOwnerRole, Role } from '../roles/index.ts';
import { endSessions } from './end-sessions.ts';
import { refuseLastOwner } from './last-owner.ts';
import { grantFor, grantOf } from './operator-grant.ts';
import { brandIdsFor, roleFor } from './operator-input.ts';
import { brandIdsOf, Operator } from './operator.model.ts';
import { presentOperator } from './operator.presenter.ts';
import { readOperator, type OperatorRow } from './operator.queries.ts';
import { hashPassword } from './password.ts';

/** Changes somebody. Who is switched off, or gets another password, is signed out everywhere at once. */
export async function updateOperator(ctx: ActionContext, { id, ...changes }: OperatorPatch & { id: string }): Promise<OperatorDto> {
  ctx.authorize('operator.update');
  const passwordHash = changes.password === undefined ? undefined : await hashPassword(changes.password);
  return changePermissions(ctx, id, async (tx) => {
    const ownerRole = await lockOwnerRole(tx.db);
    const operator = await readOperator(tx.db, id);
    tx.authorize('operator.update', grantOf(operator));
    if (changes.isActive === false || (changes.roleId ?? operator.role_uid) !== operator.role_uid) await refuseLastOwner(tx, ownerRole, operator);
    const role = changes.roleId === undefined ? undefined : await roleFor(tx.db, changes.roleId);
    const brandIds = changes.brandIds === undefined ? undefined : await brandIdsFor(tx.db, changes.brandIds);
    await checkGrant(tx, operator, role, brandIds);
    await refuseTaken('email', () => Operator.query(tx.db).findById(operator.id).patch({
      name: changes.name ?? operator.name,
      email: changes.email ?? operator.email,
      password_hash: passwordHash ?? operator.password_hash,
      role_id: role?.id ?? operator.role_id,
      brand_ids: brandIds === undefined ? operator.brand_ids : JSON.stringify(brandIds),
      locale: changes.locale ?? operator.locale,
      time_zone: changes.timeZone ?? operator.time_zone,
      is_active: changes.isActive === undefined ? operator.is_active : Number(changes.isActive),
    }));
    if (changes.departmentIds) await setMemberships(tx.db, operator.id, await departmentRowIds(tx.db, changes.departmentIds));
    if (changes.isActive === false || passwordHash) await endSessions(tx, operator.id);
    const { password, ...told } = changes;
    await audit(tx, 'operator.changed', { type: 'operator', id }, { ...told, ...(password === undefined ? {} : { password: 'changed' }) });
    return presentOperator(tx.db, await readOperator(tx.db, id));
  });
}

async function checkGrant(tx: ActionContext, operator: OperatorRow, role: Role | undefined, brandIds: 'all' | number[] | undefined): Promise<void> {
  if (!role && brandIds === undefined) return;
  const next = role ?? await Role.query(tx.db).findById(operator.role_id).throwIfNotFound();
  tx.authorize('operator.update', grantFor(next, brandIds ?? brandIdsOf(operator)));
}
