import type { Knex } from 'knex';
import { notFound } from '../../kernel/errors.ts';
import type { Scope } from '../../shared/people.ts';
import { ownerKey, type Role } from '../roles/index.ts';
import { Operator } from './operator.model.ts';

export interface RoleFields { role_uid: string; role_key: string | null; role_name: string; role_permissions: string; role_scope: Scope }
export type OperatorRow = Operator & RoleFields;

const withRole = (db: Knex) => Operator.query(db)
  .join('roles', 'roles.id', 'operators.role_id')
  .select('operators.*', 'roles.uid as role_uid', 'roles.key as role_key', 'roles.name as role_name', 'roles.permissions as role_permissions', 'roles.scope as role_scope');

export async function selectOperators(db: Knex): Promise<OperatorRow[]> {
  return (await withRole(db).whereNull('operators.removed_at').orderBy('operators.id')) as OperatorRow[];
}

export async function findOperator(db: Knex, by: { uid: string } | { id: number } | { email: string }): Promise<OperatorRow | undefined> {
  const [column, value] = Object.entries(by)[0] as [string, string | number];
  return (await withRole(db).whereNull('operators.removed_at').findOne(`operators.${column}`, value)) as OperatorRow | undefined;
}

export async function readOperator(db: Knex, uid: string): Promise<OperatorRow> {
  const operator = await findOperator(db, { uid });
  if (!operator) throw notFound('operator');
  return operator;
}

/** Department ids, public and internal, of each operator asked for. */
export async function departmentsOf(db: Knex, operatorIds: readonly number[]): Promise<ReadonlyMap<number, { id: number; uid: string }[]>> {
  const rows = await db<{ operator_id: number; id: number; uid: string }>('department_members')
    .join('departments', 'departments.id', 'department_members.department_id')
    .whereIn('department_members.operator_id', operatorIds)
    .select('department_members.operator_id', 'departments.id', 'departments.uid')
    .orderBy('departments.id') as { operator_id: number; id: number; uid: string }[];
  const map = new Map<number, { id: number; uid: string }[]>(operatorIds.map((id) => [id, []]));
  for (const { operator_id, id, uid } of rows) map.get(operator_id)?.push({ id, uid });
  return map;
}

export async function hasOperators(db: Knex): Promise<boolean> {
  return (await Operator.query(db).where({ kind: 'human' }).whereNull('removed_at').select('id').first()) !== undefined;
}

/** Who has owned the desk for longest. */
export async function findOwner(db: Knex): Promise<OperatorRow | undefined> {
  return (await withRole(db).where({ 'roles.key': ownerKey, 'operators.is_active': 1, 'operators.kind': 'human' })
    .whereNull('operators.removed_at').orderBy('operators.id').first()) as OperatorRow | undefined;
}

/** How many people own the desk now; call it with the owner role locked. */
export async function countActiveOwners(db: Knex, ownerRole: Pick<Role, 'id'>): Promise<number> {
  const rows = await Operator.query(db).where({ role_id: ownerRole.id, is_active: 1, kind: 'human' }).whereNull('removed_at').select('id').forUpdate();
  return rows.length;
}

export const isOwner = (operator: Pick<OperatorRow, 'role_key' | 'kind' | 'is_active'>): boolean =>
  operator.role_key === ownerKey && operator.kind === 'human' && operator.is_active === 1;
