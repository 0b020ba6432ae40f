import type { Knex } from 'knex';
import { execute } from '../../kernel/db/statement.ts';
import type { ConversationRow } from './conversation.model.ts';

/** Operators that a note names as `@their name`, in any case. */
export async function findMentioned(db: Knex, text: string): Promise<number[]> {
  if (!text.includes('@')) return [];
  const lower = text.toLowerCase();
  const operators = await db<{ id: number; name: string; is_active: number }>('operators').where({ is_active: 1 }).select('id', 'name');
  return operators.filter(({ name }) => name !== '' && lower.includes(`@${name.toLowerCase()}`)).map(({ id }) => id);
}

/** Puts the conversation among the mentions of those whom a note names. */
export async function storeMentions(db: Knex, row: ConversationRow, text: string): Promise<void> {
  for (const id of await findMentioned(db, text)) {
    const { changes } = await execute(db, `INSERT INTO conversation_mentions (conversation_id, operator_id, bucket, last_message_at, waiting_key)
      SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM conversation_mentions WHERE conversation_id = ? AND operator_id = ?)`,
    [row.id, id, row.bucket, row.last_message_at, row.waiting_key, row.id, id]);
    row.mention_count += changes;
  }
}
