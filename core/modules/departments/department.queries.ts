import type { Knex } from 'knex';
import { invalid, notFound } from '../../kernel/errors.ts';
import { Department } from './department.model.ts';

export interface DepartmentRow { department: Department; brandUids: string[]; memberUids: string[]; brandIds: number[] }

interface Link { department_id: number; uid: string; row_id: number }

const brandLinks = (db: Knex) => db<Link>('department_brands').join('brands', 'brands.id', 'department_brands.brand_id')
  .select('department_brands.department_id', 'brands.uid', 'brands.id as row_id').orderBy('brands.id');
const memberLinks = (db: Knex) => db<Link>('department_members').join('operators', 'operators.id', 'department_members.operator_id')
  .whereNull('operators.removed_at').select('department_members.department_id', 'operators.uid', 'operators.id as row_id').orderBy('operators.id');

/** All departments in their order, with brands and members: three statements however many there are. */
export async function selectDepartments(db: Knex): Promise<DepartmentRow[]> {
  const departments = await Department.query(db).orderBy(['position', 'id']);
  const brands = (await brandLinks(db)) as Link[];
  const members = (await memberLinks(db)) as Link[];
  return departments.map((department) => compose(department, brands, members));
}

export async function readDepartment(db: Knex, uid: string): Promise<DepartmentRow> {
  const department = await Department.query(db).findOne({ uid });
  if (!department) throw notFound('department');
  const brands = (await brandLinks(db).where('department_brands.department_id', department.id)) as Link[];
  const members = (await memberLinks(db).where('department_members.department_id', department.id)) as Link[];
  return compose(department, brands, members);
}

function compose(department: Department, brands: readonly Link[], members: readonly Link[]): DepartmentRow {
  const own = (links: readonly Link[]) => links.filter((link) => link.department_id === department.id);
  return {
    department,
    brandUids: own(brands).map((link) => link.uid),
    brandIds: own(brands).map((link) => link.row_id),
    memberUids: own(members).map((link) => link.uid),
  };
}

/** Row ids of the departments that a request names. */
export async function departmentRowIds(db: Knex, uids: readonly string[], path = 'departmentIds'): Promise<number[]> {
  return rowIds(db, 'departments', uids, path, 'unknown_department');
}

/** Operators stand above departments, so their rows are read here by table and not through their module. */
export async function memberRowIds(db: Knex, uids: readonly string[]): Promise<number[]> {
  return rowIds(db, 'operators', uids, 'memberIds', 'unknown_operator');
}

async function rowIds(db: Knex, table: 'departments' | 'operators', uids: readonly string[], path: string, code: string): Promise<number[]> {
  const wanted = [...new Set(uids)];
  if (wanted.length === 0) return [];
  const query = db(table).select('id', 'uid').whereIn('uid', wanted);
  const rows = (await (table === 'operators' ? query.whereNull('removed_at') : query)) as { id: number; uid: string }[];
  const missing = wanted.find((uid) => !rows.some((row) => row.uid === uid));
  if (missing !== undefined) throw invalid(`${path}.${uids.indexOf(missing)}`, code);
  return rows.map((row) => row.id);
}

/** Row ids of the departments that an operator belongs to. */
export async function departmentIdsOf(db: Knex, operatorId: number): Promise<number[]> {
  const rows = await db('department_members').where('operator_id', operatorId).select<{ department_id: number }[]>('department_id');
  return rows.map((row) => row.department_id);
}

export async function countConversations(db: Knex, departmentId: number): Promise<number> {
  const [row] = await db('conversations').where({ department_id: departmentId }).count({ rows: '*' });
  return Number(row?.rows ?? 0);
}
