import type { Knex } from 'knex';
import { execute, type Binding } from '../../kernel/db/statement.ts';
import type { ConversationRow } from './conversation.model.ts';
import { derive } from './conversation-state.ts';

/** Columns that never change after the conversation began. */
const fixed: ReadonlySet<string> = new Set(['id', 'uid', 'created_at']);

/** Writes the columns that differ, and moves the conversation in the lists of its people. A message alone touches few indexes. */
export async function saveConversation(db: Knex, before: ConversationRow, row: ConversationRow): Promise<void> {
  derive(row);
  const changed = (Object.keys(row) as (keyof ConversationRow)[]).filter((column) => !fixed.has(column) && row[column] !== before[column]);
  if (changed.length === 0) return;
  await execute(db, `UPDATE conversations SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, [...changed.map((column): Binding => row[column]), row.id]);
  if (!changed.some((column) => column === 'bucket' || column === 'last_message_at' || column === 'waiting_key')) return;
  const keys = [row.bucket, row.last_message_at, row.waiting_key, row.id];
  if (row.assignees !== '[]') await execute(db, 'UPDATE conversation_assignees SET bucket = ?, last_message_at = ?, waiting_key = ? WHERE conversation_id = ?', keys);
  if (row.mention_count > 0) await execute(db, 'UPDATE conversation_mentions SET bucket = ?, last_message_at = ?, waiting_key = ? WHERE conversation_id = ?', keys);
}

export async function insertConversation(db: Knex, row: Omit<ConversationRow, 'id'>): Promise<ConversationRow> {
  const made: ConversationRow = { id: 0, ...row };
  derive(made);
  const columns = (Object.keys(made) as (keyof ConversationRow)[]).filter((column) => column !== 'id');
  const { id } = await execute(db, `INSERT INTO conversations (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, columns.map((column): Binding => made[column]));
  return { ...made, id };
}

/** Makes these the assignees; the lists of those who come and go follow. */
export async function replaceAssignees(db: Knex, row: ConversationRow, ids: readonly number[]): Promise<void> {
  row.assignees = JSON.stringify(ids);
  derive(row);
  await execute(db, 'DELETE FROM conversation_assignees WHERE conversation_id = ?', [row.id]);
  for (const id of ids) {
    await execute(db, 'INSERT INTO conversation_assignees (conversation_id, operator_id, bucket, last_message_at, waiting_key) VALUES (?, ?, ?, ?, ?)',
      [row.id, id, row.bucket, row.last_message_at, row.waiting_key]);
  }
}

export async function replaceTags(db: Knex, row: ConversationRow, tags: readonly string[]): Promise<void> {
  row.tags = JSON.stringify(tags);
  await execute(db, 'DELETE FROM conversation_tags WHERE conversation_id = ?', [row.id]);
  for (const tag of tags) await execute(db, 'INSERT INTO conversation_tags (conversation_id, tag) VALUES (?, ?)', [row.id, tag]);
}
