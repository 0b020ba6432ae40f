import type { Knex } from 'knex';
import { notFound } from '../../kernel/errors.ts';
import { ApiToken } from './api-token.model.ts';

export type ApiTokenRow = ApiToken & { operator_uid: string; operator_name: string; brand_uid: string | null };

const withOwner = (db: Knex) => ApiToken.query(db)
  .join('operators', 'operators.id', 'api_tokens.operator_id')
  .leftJoin('brands', 'brands.id', 'api_tokens.brand_id')
  .whereNull('api_tokens.revoked_at')
  .select('api_tokens.*', 'operators.uid as operator_uid', 'operators.name as operator_name', 'brands.uid as brand_uid');

export async function selectTokens(db: Knex): Promise<ApiTokenRow[]> {
  return (await withOwner(db).orderBy('api_tokens.id', 'desc')) as ApiTokenRow[];
}

export async function readToken(db: Knex, uid: string): Promise<ApiTokenRow> {
  const token = await withOwner(db).findOne('api_tokens.uid', uid);
  if (!token) throw notFound('token');
  return token as ApiTokenRow;
}
