import type { ActionContext } from '../../kernel/context.ts';
import type { MessageEventKey } from '../messages/index.ts';
import { appendEvent } from './append-message.ts';
import { authorOf } from './author.ts';
import { lockConversation } from './conversation.queries.ts';
import { saveConversation } from './save-conversation.ts';
import { tellChange } from './tell-change.ts';

/** Writes into the thread that something happened beside the conversation's own state, in the name of whoever acts. */
export async function recordEvent(tx: ActionContext, conversationId: number, key: MessageEventKey, params: Record<string, string | number | null>): Promise<void> {
  const row = await lockConversation(tx, conversationId);
  const before = { ...row };
  const message = await appendEvent(tx, row, authorOf(tx.actor), key, params);
  await saveConversation(tx.db, before, row);
  await tellChange(tx, before, row, [message]);
}
