import type { Knex } from 'knex';
import { selectRows } from '../../kernel/db/statement.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { Contact } from './contact.model.ts';

/** The contact of that public id, or the one that it was merged into. */
export async function findContact(db: Knex, uid: string): Promise<Contact | undefined> {
  return follow(db, await Contact.query(db).findOne({ uid }));
}

export async function findContactById(db: Knex, id: number): Promise<Contact | undefined> {
  return follow(db, await Contact.query(db).findById(id));
}

/** A merge points what led to the old contact to the new one as well, so one step is enough; a second one may have come between. */
async function follow(db: Knex, contact: Contact | undefined): Promise<Contact | undefined> {
  let found = contact;
  while (found?.merged_into != null) found = await Contact.query(db).findById(found.merged_into);
  return found;
}

export async function readContact(db: Knex, uid: string): Promise<Contact> {
  const contact = await findContact(db, uid);
  if (!contact) throw notFound('contact');
  return contact;
}

/** Locks a contact for the rest of the transaction: what is counted per contact is counted by one at a time. */
export const lockContact = (db: Knex, id: number): Promise<Contact | undefined> => Contact.query(db).findById(id).forUpdate().execute();

/** Locks whoever that contact is by now. */
export async function lockLiving(db: Knex, id: number): Promise<Contact> {
  let contact = await lockContact(db, id);
  while (contact?.merged_into != null) contact = await lockContact(db, contact.merged_into);
  if (!contact) throw notFound('contact');
  return contact;
}

/** The person behind the customer's own id, proved. */
export const findVerifiedByExternalId = (db: Knex, brandId: number, externalId: string): Promise<Contact | undefined> =>
  Contact.query(db).findOne({ brand_id: brandId, external_id: externalId }).execute();

const sameAddress = 20;

/** Whom a proved address leads to. Several may have proved one address by tokens: the one that it belongs to, else the eldest with an id of its own. */
export async function findVerifiedByEmail(db: Knex, brandId: number, email: string): Promise<Contact | undefined> {
  const owner = await Contact.query(db).findOne({ brand_id: brandId, proved_email: email });
  if (owner) return owner;
  const others = await Contact.query(db).where({ email, kind: 'verified', brand_id: brandId }).whereNull('merged_into').orderBy('id').limit(sameAddress);
  const exact = others.filter((contact) => contact.email === email);
  return exact.find((contact) => contact.external_id !== null) ?? exact[0];
}

const beyond = '\u{10ffff}';

/** Newest first; with `q`, those whose name, address or external id begins with it. One row more than asked for tells of a next page. */
export async function selectContacts(db: Knex, actor: OperatorActor, options: { q?: string | undefined; limit: number; beforeId?: number | undefined }): Promise<Contact[]> {
  const { limit, q, beforeId = Number.MAX_SAFE_INTEGER } = options;
  const begins = q?.trim();
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
    ? { sql: 'SELECT id FROM contacts WHERE merged_into IS NULL AND id < ?', bindings: [beforeId] }
    : { sql: 'SELECT id FROM contacts WHERE brand_id = ? AND merged_into IS NULL AND id < ?', bindings: [brandId, beforeId] };
}

/** A contact that was merged away has none of these left. External ids are compared as they are, the others in lower case. */
function byBeginning(begins: string, brandId: number | null, beforeId: number): Branch[] {
  const brand = brandId === null ? '' : ' AND brand_id = ?';
  const lower = begins.toLowerCase();
  return [['search_name', lower], ['email', lower], ['external_id', begins], ['external_claim', begins]].map(([column, from]) => ({
    sql: `SELECT id FROM contacts WHERE ${column} >= ? AND ${column} < ? AND id < ?${brand}`,
    bindings: [from!, from! + beyond, beforeId, ...(brandId === null ? [] : [brandId])],
  }));
}
