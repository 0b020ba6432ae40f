import type { ConversationRef } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import type { Status } from '../../shared/conversations.ts';
import type { Author, MessageRow } from '../messages/index.ts';
import { appendEvent } from './append-message.ts';
import type { ConversationRow } from './conversation.model.ts';
import { isClosed } from './conversation-state.ts';

/** Changes the status of a locked conversation on somebody's word, and stores it in the thread. */
export async function setStatus(tx: ActionContext, row: ConversationRow, author: Author, to: Status): Promise<MessageRow> {
  const from = row.status;
  row.status = to;
  if (isClosed(to)) row.waiting_since = null;
  else if (to === 'open' && row.snippet_author === 'contact') row.waiting_since ??= row.last_message_at;
  else if (to === 'waiting') row.waiting_since = null;
  if (isClosed(to) && !isClosed(from)) return appendEvent(tx, row, author, 'closed');
  if (isClosed(from) && !isClosed(to)) return appendEvent(tx, row, author, 'reopened');
  return appendEvent(tx, row, author, 'status', { from, to });
}

/** Counts a status change, whoever caused it, and tells plugins of it. */
export async function tellStatus(tx: ActionContext, conversation: ConversationRef, from: Status, to: Status): Promise<void> {
  if (from === to) return;
  await tx.emit('conversation.status-changed', { conversation, from, to });
  if (isClosed(to) && !isClosed(from)) await tx.emit('conversation.closed', { conversation });
}
