import type { Kernel } from '../../kernel/context.ts';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { findRoleByKey } from '../roles/index.ts';

export interface AccountRow { id: number; uid: string; name: string }
interface OperatorColumns extends AccountRow { assistant_key: string | null; removed_at: number | null; is_active: number }

const longestName = 200;

/** The operator account of an assistant: conversations are assigned to it, and its answers carry its name. Nobody signs in with it. */
export async function ensureAccount(kernel: Kernel, { key, name: given }: { key: string; name: string }): Promise<AccountRow> {
  const name = [...given.replaceAll('\u0000', '').toWellFormed().trim()].slice(0, longestName).join('') || 'AI';
  const { knex } = kernel.db;
  const find = () => knex<OperatorColumns>('operators').where({ assistant_key: key }).first('id', 'uid', 'name', 'removed_at', 'is_active');
  const row = await find() ?? await insert(kernel, key, name).then(find, (error: unknown) => {
    if (isUniqueViolation(error)) return find();
    throw error;
  });
  if (!row) throw new Error(`no account for the assistant ${key}`);
  if (row.name !== name || row.removed_at !== null || row.is_active !== 1) await knex('operators').where({ id: row.id }).update({ name, removed_at: null, is_active: 1 });
  return { id: row.id, uid: row.uid, name };
}

async function insert(kernel: Kernel, key: string, name: string): Promise<void> {
  const role = await findRoleByKey(kernel.db.knex, 'assistant');
  if (!role) throw new Error('the role of assistants is missing');
  const uid = newId();
  await kernel.db.knex('operators').insert({
    uid, kind: 'assistant', assistant_key: key, name, email: `${uid}@assistant.invalid`, password_hash: null, role_id: role.id, brand_ids: JSON.stringify('all'),
    locale: 'en', time_zone: 'UTC', is_active: 1, preferences: '{}', last_seen_at: null, removed_at: null, created_at: Date.now(),
  });
}
