import type { Knex } from 'knex';
import { invalid } from '../../kernel/errors.ts';
import { brandRowIds } from '../brands/index.ts';
import { Role } from '../roles/index.ts';
import type { BrandIds } from './operator.model.ts';

/** The role that a request names, locked so that it is not removed meanwhile. */
export async function roleFor(db: Knex, uid: string): Promise<Role> {
  const role = await Role.query(db).findOne({ uid }).forUpdate();
  if (!role) throw invalid('roleId', 'unknown_role');
  return role;
}

export async function brandIdsFor(db: Knex, wanted: 'all' | readonly string[]): Promise<BrandIds> {
  return wanted === 'all' ? 'all' : brandRowIds(db, wanted);
}
