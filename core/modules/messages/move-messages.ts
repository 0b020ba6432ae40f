import { execute } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';

/** What a contact wrote in these conversations was written by another one: a repeat of a cid is then known as theirs. */
export async function moveContactMessages(tx: ActionContext, conversationIds: readonly number[], fromId: number, into: { id: number; uid: string }): Promise<void> {
  for (const conversationId of conversationIds) {
    await execute(tx.db, "UPDATE messages SET author_id = ?, author_uid = ? WHERE conversation_id = ? AND author_type = 'contact' AND author_id = ?", [into.id, into.uid, conversationId, fromId]);
  }
}
