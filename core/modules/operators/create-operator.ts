import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { newId } from '../../kernel/ids.ts';
import type { OperatorBody, OperatorDto } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { departmentRowIds, setMemberships } from '../departments/index.ts';
import { grantFor } from './operator-grant.ts';
import { brandIdsFor, roleFor } from './operator-input.ts';
import { Operator } from './operator.model.ts';
import { presentOperator } from './operator.presenter.ts';
import { readOperator } from './operator.queries.ts';
import { hashPassword } from './password.ts';

/** Takes somebody on. Without a password they cannot sign in until they are given one. */
export async function createOperator(ctx: ActionContext, input: OperatorBody): Promise<OperatorDto> {
  ctx.authorize('operator.create');
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return ctx.transaction(async (tx) => {
    const role = await roleFor(tx.db, input.roleId);
    const brandIds = await brandIdsFor(tx.db, input.brandIds);
    tx.authorize('operator.create', grantFor(role, brandIds));
    const uid = newId();
    const operator = await refuseTaken('email', () => Operator.query(tx.db).insert({
      uid, kind: 'human', name: input.name, email: input.email, password_hash: passwordHash, role_id: role.id, brand_ids: JSON.stringify(brandIds),
      locale: input.locale, time_zone: input.timeZone, is_active: 1, preferences: '{}', last_seen_at: null, removed_at: null, created_at: tx.now,
    }));
    await setMemberships(tx.db, operator.id, await departmentRowIds(tx.db, input.departmentIds));
    const { password: _, ...told } = input;
    await audit(tx, 'operator.created', { type: 'operator', id: uid }, told);
    return presentOperator(tx.db, await readOperator(tx.db, uid));
  });
}
