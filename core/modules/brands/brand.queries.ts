import type { Knex } from 'knex';
import { invalid, notFound } from '../../kernel/errors.ts';
import { Brand } from './brand.model.ts';

export const selectBrands = (db: Knex): Promise<Brand[]> => Brand.query(db).orderBy('id').execute();

export const findBrand = (db: Knex, uid: string): Promise<Brand | undefined> => Brand.query(db).findOne({ uid }).execute();
export const findBrandBySlug = (db: Knex, slug: string): Promise<Brand | undefined> => Brand.query(db).findOne({ slug }).execute();

export const findBrandById = (db: Knex, id: number): Promise<Brand | undefined> => Brand.query(db).findById(id).execute();

export async function readBrand(db: Knex, uid: string): Promise<Brand> {
  const brand = await findBrand(db, uid);
  if (!brand) throw notFound('brand');
  return brand;
}

/** Row ids of the brands that a request names. One that is not there is a mistake in the field `path`. */
export async function brandRowIds(db: Knex, uids: readonly string[], path = 'brandIds'): Promise<number[]> {
  const wanted = [...new Set(uids)];
  if (wanted.length === 0) return [];
  const rows = await Brand.query(db).select('id', 'uid').whereIn('uid', wanted);
  const missing = wanted.find((uid) => !rows.some((row) => row.uid === uid));
  if (missing !== undefined) throw invalid(`${path}.${uids.indexOf(missing)}`, 'unknown_brand');
  return rows.map((row) => row.id);
}

/** Public ids by row id. */
export async function brandUids(db: Knex): Promise<ReadonlyMap<number, string>> {
  const rows = await Brand.query(db).select('id', 'uid');
  return new Map(rows.map((row) => [row.id, row.uid]));
}

/** What would be left without a face if the brand went. */
export async function countBrandUse(db: Knex, brandId: number): Promise<{ conversations: number; contacts: number }> {
  const count = async (table: string): Promise<number> => {
    const [row] = await db(table).where({ brand_id: brandId }).count({ rows: '*' });
    return Number(row?.rows ?? 0);
  };
  return { conversations: await count('conversations'), contacts: await count('contacts') };
}
