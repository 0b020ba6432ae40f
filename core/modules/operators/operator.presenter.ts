import type { Knex } from 'knex';
import type { OperatorDto } from '../../shared/people.ts';
import { brandUids } from '../brands/index.ts';
import { brandIdsOf } from './operator.model.ts';
import { departmentsOf, type OperatorRow } from './operator.queries.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Presents a list with two more statements, however long it is. */
export async function presentOperators(db: Knex, rows: readonly OperatorRow[]): Promise<OperatorDto[]> {
  const brands = await brandUids(db);
  const departments = await departmentsOf(db, rows.map((row) => row.id));
  return rows.map((row) => {
    const brandIds = brandIdsOf(row);
    return {
      id: row.uid,
      name: row.name,
      email: row.email,
      kind: row.kind,
      roleId: row.role_uid,
      roleName: row.role_name,
      brandIds: brandIds === 'all' ? 'all' : brandIds.flatMap((id) => brands.get(id) ?? []),
      departmentIds: (departments.get(row.id) ?? []).map(({ uid }) => uid),
      locale: row.locale,
      timeZone: row.time_zone,
      isActive: row.is_active === 1,
      lastSeenAt: iso(row.last_seen_at),
      createdAt: new Date(row.created_at).toISOString(),
    };
  });
}

export async function presentOperator(db: Knex, row: OperatorRow): Promise<OperatorDto> {
  const [dto] = await presentOperators(db, [row]);
  return dto as OperatorDto;
}
