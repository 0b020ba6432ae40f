import type { AnswerSource } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { insertEvent, insertText, snippetOf, type Author, type MessageEventKey, type MessageRow } from '../messages/index.ts';
import { snippetAuthorOf } from './author.ts';
import type { ConversationRow } from './conversation.model.ts';

export interface Appended { kind: 'reply' | 'note'; text: string; cid: string | null; fingerprint: string | null; attachmentCount: number; attachmentName?: string | undefined; sources?: readonly AnswerSource[]; alsoFoundBy?: string | null }

/** Gives out the next `seq` of a locked conversation and stores a reply or a note under it. */
export async function appendText(tx: ActionContext, row: ConversationRow, author: Author, written: Appended): Promise<MessageRow> {
  row.last_seq += 1;
  const message = await insertText(tx, { conversationId: row.id, seq: row.last_seq }, author, written);
  row.updated_at = tx.now;
  if (written.kind === 'note') return message;
  row.last_public_seq = row.last_seq;
  row.last_message_at = tx.now;
  row.snippet = snippetOf(written.text) || (written.attachmentName ?? '');
  row.snippet_author = snippetAuthorOf(author);
  row.snippet_name = author.name;
  row.snippet_at = tx.now;
  return message;
}

/** Stores that something happened to a locked conversation. Counts as a change that open screens must fetch. */
export async function appendEvent(
  tx: ActionContext, row: ConversationRow, author: Author, key: MessageEventKey, params: Record<string, string | number | null> = {}, alsoFoundBy?: string,
): Promise<MessageRow> {
  row.last_seq += 1;
  const message = await insertEvent(tx, { conversationId: row.id, seq: row.last_seq }, author, { key, params }, alsoFoundBy);
  if (message.is_public === 1) row.last_public_seq = row.last_seq;
  row.updated_at = tx.now;
  return message;
}
