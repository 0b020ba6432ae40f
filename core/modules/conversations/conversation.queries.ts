import type { Knex } from 'knex';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ConversationRow, LoadedConversation } from './conversation.model.ts';
import { accessOf } from './conversation.model.ts';

const loadedColumns = `c.*, b.uid AS brand_uid, d.uid AS department_uid,
  ct.uid AS contact_uid, ct.kind AS contact_kind, ct.name AS contact_name, ct.email AS contact_email`;
const loadedFrom = `conversations c
  JOIN brands b ON b.id = c.brand_id
  JOIN contacts ct ON ct.id = c.contact_id
  LEFT JOIN departments d ON d.id = c.department_id`;

async function selectOne<T>(db: Knex, sql: string, bindings: readonly Binding[]): Promise<T | undefined> {
  const [row] = await selectRows<T>(db, sql, bindings);
  return row;
}

export const findConversation = (db: Knex, uid: string): Promise<LoadedConversation | undefined> =>
  selectOne<LoadedConversation>(db, `SELECT ${loadedColumns} FROM ${loadedFrom} WHERE c.uid = ?`, [uid]);

export const findConversationById = (db: Knex, id: number): Promise<LoadedConversation | undefined> =>
  selectOne<LoadedConversation>(db, `SELECT ${loadedColumns} FROM ${loadedFrom} WHERE c.id = ?`, [id]);

/** The conversation that a contact began with this cid. */
export const findOpened = (db: Knex, contactId: number, cid: string): Promise<LoadedConversation | undefined> =>
  selectOne<LoadedConversation>(db, `SELECT ${loadedColumns} FROM ${loadedFrom} WHERE c.contact_id = ? AND c.opening_cid = ?`, [contactId, cid]);

/** A conversation that the actor may see. One that it may not see does not exist for it. */
export async function readConversation(ctx: ActionContext, uid: string): Promise<LoadedConversation> {
  const conversation = await findConversation(ctx.db, uid);
  if (!conversation || !ctx.can('conversation.view', accessOf(conversation))) throw notFound('conversation');
  return conversation;
}

/** A row of a list, with how far the operator who asks has read. */
export type ListedConversation = LoadedConversation & { read_seq: number | null };

/** Conversations in the order of their ids as given. */
export async function selectListed(db: Knex, ids: readonly number[], operatorId: number): Promise<ListedConversation[]> {
  if (ids.length === 0) return [];
  const rows = await selectRows<ListedConversation>(db, `SELECT ${loadedColumns}, r.seq AS read_seq FROM ${loadedFrom}
    LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.operator_id = ?
    WHERE c.id IN (${ids.map(() => '?').join(', ')})`, [operatorId, ...ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Newest first, those of one contact; one row more than asked for tells of a next page. */
export async function selectOfContact(db: Knex, contactId: number, options: { limit: number; before?: { key: number; id: number } | undefined }): Promise<LoadedConversation[]> {
  const { key, id } = options.before ?? { key: Number.MAX_SAFE_INTEGER, id: 0 };
  return selectRows<LoadedConversation>(db, `SELECT ${loadedColumns} FROM ${loadedFrom}
    WHERE c.contact_id = ? AND c.last_message_at <= ? AND (c.last_message_at < ? OR c.id < ?)
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?`, [contactId, key, key, id, options.limit + 1]);
}

export interface PersonRow { id: number; uid: string; name: string }

/** Operators by row id, for names beside conversations. */
export async function selectPeople(db: Knex, ids: Iterable<number>): Promise<ReadonlyMap<number, PersonRow>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await selectRows<PersonRow>(db, `SELECT id, uid, name FROM operators WHERE id IN (${wanted.map(() => '?').join(', ')})`, wanted);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findReadSeq(db: Knex, conversationId: number, operatorId: number): Promise<number> {
  const row = await selectOne<{ seq: number }>(db, 'SELECT seq FROM conversation_reads WHERE conversation_id = ? AND operator_id = ?', [conversationId, operatorId]);
  return row?.seq ?? 0;
}

/** Takes the row lock under which `seq` is given out. SQLite has one writer at a time and needs none. */
export async function lockConversation(tx: ActionContext, id: number): Promise<ConversationRow> {
  const lock = tx.kernel.db.dialect === 'mysql' ? ' FOR UPDATE' : '';
  const row = await selectOne<ConversationRow>(tx.db, `SELECT * FROM conversations WHERE id = ?${lock}`, [id]);
  if (!row) throw notFound('conversation');
  return row;
}
