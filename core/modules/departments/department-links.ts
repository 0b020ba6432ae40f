import type { Knex } from 'knex';

/** Makes the rows of one join table for one side be exactly `wanted`. */
async function replaceLinks(db: Knex, table: string, own: { column: string; id: number }, other: { column: string; ids: readonly number[] }): Promise<void> {
  await db(table).where(own.column, own.id).delete();
  const ids = [...new Set(other.ids)];
  if (ids.length > 0) await db(table).insert(ids.map((id) => ({ [own.column]: own.id, [other.column]: id })));
}

export const setBrands = (db: Knex, departmentId: number, brandIds: readonly number[]): Promise<void> =>
  replaceLinks(db, 'department_brands', { column: 'department_id', id: departmentId }, { column: 'brand_id', ids: brandIds });

export const setMembers = (db: Knex, departmentId: number, operatorIds: readonly number[]): Promise<void> =>
  replaceLinks(db, 'department_members', { column: 'department_id', id: departmentId }, { column: 'operator_id', ids: operatorIds });

/** The other side of membership: all departments of one operator. */
export const setMemberships = (db: Knex, operatorId: number, departmentIds: readonly number[]): Promise<void> =>
  replaceLinks(db, 'department_members', { column: 'operator_id', id: operatorId }, { column: 'department_id', ids: departmentIds });
