import type { Knex } from 'knex';
import { selectRows } from '../../kernel/db/statement.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { Contact } from './contact.model.ts';

export const findContact = (db: Knex, uid: string): Promise<Contact | undefined> => Contact.query(db).findOne({ uid }).execute();

export async function readContact(db: Knex, uid: string): Promise<Contact> {
  const contact = await findContact(db, uid);
  if (!contact) throw notFound('contact');
  return contact;
}

/** Locks a contact for the rest of the transaction: what is counted per contact is counted by one at a time. */
export const lockContact = (db: Knex, id: number): Promise<Contact | undefined> => Contact.query(db).findById(id).forUpdate().execute();

const beyond = '\u{10ffff}';

/** Newest first; with `q`, those whose name or address begins with it. One row more than asked for tells of a next page. */
export async function selectContacts(db: Knex, actor: OperatorActor, options: { q?: string | undefined; limit: number; beforeId?: number | undefined }): Promise<Contact[]> {
  const { limit, q, beforeId = Number.MAX_SAFE_INTEGER } = options;
  const begins = q?.trim().toLowerCase();
  const brands = actor.brandIds === 'all' ? [null] : [...actor.brandIds];
  const branches = brands.flatMap((brandId) => begins ? byBeginning(begins, brandId, beforeId) : [newestOf(brandId, beforeId)]);
  if (branches.length === 0) return [];
  const sql = branches.map((branch, index) => `SELECT id FROM (${branch.sql} ORDER BY id DESC LIMIT ?) b${index}`).join(' UNION ');
  const found = await selectRows<{ id: number }>(db, sql, branches.flatMap((branch) => [...branch.bindings, limit + 1]));
  const ids = found.map(({ id }) => id).sort((a, b) => b - a).slice(0, limit + 1);
  return Contact.query(db).whereIn('id', ids).orderBy('id', 'desc').execute();
}

interface Branch { sql: string; bindings: (string | number)[] }

function newestOf(brandId: number | null, beforeId: number): Branch {
  return brandId === null
    ? { sql: 'SELECT id FROM contacts WHERE id < ?', bindings: [beforeId] }
    : { sql: 'SELECT id FROM contacts WHERE brand_id = ? AND id < ?', bindings: [brandId, beforeId] };
}

function byBeginning(begins: string, brandId: number | null, beforeId: number): Branch[] {
  const brand = brandId === null ? '' : ' AND brand_id = ?';
  return ['search_name', 'email'].map((column) => ({
    sql: `SELECT id FROM contacts WHERE ${column} >= ? AND ${column} < ? AND id < ?${brand}`,
    bindings: [begins, begins + beyond, beforeId, ...(brandId === null ? [] : [brandId])],
  }));
}
