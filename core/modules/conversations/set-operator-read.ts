import type { Knex } from 'knex';
import { execute } from '../../kernel/db/statement.ts';
import type { ConversationRow } from './conversation.model.ts';

/** Moves an operator's read mark on, never back. Runs under the lock of the conversation. Tells whether it moved. */
export async function setOperatorRead(db: Knex, row: ConversationRow, operatorId: number, seq: number): Promise<boolean> {
  const mark = Math.min(seq, row.last_seq);
  const { changes } = await execute(db, 'UPDATE conversation_reads SET seq = ? WHERE conversation_id = ? AND operator_id = ? AND seq < ?', [mark, row.id, operatorId, mark]);
  let hasMoved = changes > 0;
  if (!hasMoved) {
    const inserted = await execute(db, `INSERT INTO conversation_reads (conversation_id, operator_id, seq)
      SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM conversation_reads WHERE conversation_id = ? AND operator_id = ?)`, [row.id, operatorId, mark, row.id, operatorId]);
    hasMoved = inserted.changes > 0;
  }
  if (mark > row.operator_read_seq) row.operator_read_seq = mark;
  return hasMoved;
}
