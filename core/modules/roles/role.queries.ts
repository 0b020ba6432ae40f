import type { Knex } from 'knex';
import { notFound } from '../../kernel/errors.ts';
import { ownerKey, Role } from './role.model.ts';

export type RoleRow = Role & { operator_count: number };

const withCount = (db: Knex) => Role.query(db).select('roles.*', db('operators')
  .count('*').whereRaw('operators.role_id = roles.id').whereNull('operators.removed_at').as('operator_count'));

export async function selectRoles(db: Knex): Promise<RoleRow[]> {
  return (await withCount(db).orderBy('roles.id')) as RoleRow[];
}

export async function readRole(db: Knex, uid: string): Promise<RoleRow> {
  const role = await withCount(db).findOne('roles.uid', uid);
  if (!role) throw notFound('role');
  return role as RoleRow;
}

/** The owner role, locked: whoever may take away an owner waits here for the others who do. */
export async function lockOwnerRole(db: Knex): Promise<Role> {
  return Role.query(db).findOne('key', ownerKey).forUpdate().throwIfNotFound();
}

export const findRoleByKey = (db: Knex, key: string): Promise<Role> => Role.query(db).findOne({ key }).throwIfNotFound().execute();
