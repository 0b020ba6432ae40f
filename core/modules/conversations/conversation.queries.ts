import type { AuthorType } from '@plugboard/sdk';
import type { Knex } from 'knex';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ConversationRow, LoadedConversation } from './conversation.model.ts';
import { accessOf } from './conversation.model.ts';
import { guardsLetSee } from './view-guard.ts';

const ofContact = (column: string): string => `(SELECT ct.${column} FROM contacts ct WHERE ct.id = c.contact_id) AS contact_${column}`;

/** Neighbours are looked up one by one: on SQLite that takes a fifth of the time of joins when the row is this wide. */
const loadedColumns = `c.*,
  (SELECT b.uid FROM brands b WHERE b.id = c.brand_id) AS brand_uid,
  (SELECT d.uid FROM departments d WHERE d.id = c.department_id) AS department_uid,
  ${['uid', 'kind', 'name', 'email'].map(ofContact).join(', ')}`;

async function selectOne<T>(db: Knex, sql: string, bindings: readonly Binding[]): Promise<T | undefined> {
  const [row] = await selectRows<T>(db, sql, bindings);
  return row;
}

export const findConversation = (db: Knex, uid: string): Promise<LoadedConversation | undefined> =>
  selectOne<LoadedConversation>(db, `SELECT ${loadedColumns} FROM conversations c WHERE c.uid = ?`, [uid]);

export const findConversationById = (db: Knex, id: number): Promise<LoadedConversation | undefined> =>
  selectOne<LoadedConversation>(db, `SELECT ${loadedColumns} FROM conversations c WHERE c.id = ?`, [id]);

/** The conversation that a contact began with this cid. */
export const findOpened = (db: Knex, contactId: number, cid: string): Promise<LoadedConversation | undefined> =>
  selectOne<LoadedConversation>(db, `SELECT ${loadedColumns} FROM conversations c WHERE c.contact_id = ? AND c.opening_cid = ?`, [contactId, cid]);

/** A conversation on its way to a new message: with the message that its author stored under the same cid before, if any. */
export type WritableConversation = LoadedConversation & { repeat_id: number | null };

export const findWritable = (db: Knex, uid: string, author: { type: AuthorType; id: number | null }, cid: string): Promise<WritableConversation | undefined> =>
  selectOne<WritableConversation>(db, `SELECT ${loadedColumns},
    (SELECT m.id FROM messages m WHERE m.conversation_id = c.id AND m.author_type = ? AND m.author_id = ? AND m.cid = ?) AS repeat_id
    FROM conversations c WHERE c.uid = ?`, [author.type, author.id, cid, uid]);

/** A conversation that the actor may see. One that it may not see does not exist for it. */
export const readConversation = async (ctx: ActionContext, uid: string): Promise<LoadedConversation> => visible(ctx, await findConversation(ctx.db, uid));

export const readWritable = async (ctx: ActionContext, uid: string, author: { type: AuthorType; id: number | null }, cid: string): Promise<WritableConversation> =>
  visible(ctx, await findWritable(ctx.db, uid, author, cid));

async function visible<T extends LoadedConversation>(ctx: ActionContext, conversation: T | undefined): Promise<T> {
  if (!conversation || !ctx.can('conversation.view', accessOf(conversation)) || !(await guardsLetSee(ctx.kernel, ctx.actor, conversation))) throw notFound('conversation');
  return conversation;
}

/** A row of a list, with how far the operator who asks has read. */
export type ListedConversation = LoadedConversation & { read_seq: number | null };

/** Conversations in the order of their ids as given. */
export async function selectListed(db: Knex, ids: readonly number[], operatorId: number): Promise<ListedConversation[]> {
  if (ids.length === 0) return [];
  const rows = await selectRows<ListedConversation>(db, `SELECT ${loadedColumns},
    (SELECT r.seq FROM conversation_reads r WHERE r.conversation_id = c.id AND r.operator_id = ?) AS read_seq
    FROM conversations c WHERE c.id IN (${ids.map(() => '?').join(', ')})`, [operatorId, ...ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Newest first, those of one contact; one row more than asked for tells of a next page. */
export async function selectOfContact(db: Knex, contactId: number, options: { limit: number; before?: { key: number; id: number } | undefined }): Promise<LoadedConversation[]> {
  const { key, id } = options.before ?? { key: Number.MAX_SAFE_INTEGER, id: 0 };
  return selectRows<LoadedConversation>(db, `SELECT ${loadedColumns} FROM conversations c
    WHERE c.contact_id = ? AND c.last_message_at <= ? AND (c.last_message_at < ? OR c.id < ?)
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?`, [contactId, key, key, id, options.limit + 1]);
}

export interface PersonRow { id: number; uid: string; name: string; kind: 'human' | 'assistant' }

/** Operators by row id, for names beside conversations. */
export async function selectPeople(db: Knex, ids: Iterable<number>): Promise<ReadonlyMap<number, PersonRow>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await selectRows<PersonRow>(db, `SELECT id, uid, name, kind FROM operators WHERE id IN (${wanted.map(() => '?').join(', ')})`, wanted);
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
