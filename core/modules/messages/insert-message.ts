import type { AnswerSource } from '@plugboard/sdk';
import { execute } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import type { Author, MessageEvent, MessageRow } from './message.model.ts';
import { messageEvents, type MessageEventKey } from './message-events.ts';
import { plainOf, renderText } from './render-text.ts';

const insertSql = `INSERT INTO messages
  (uid, conversation_id, seq, kind, is_public, author_type, author_id, author_uid, author_name, cid, fingerprint, text, html, event, attachment_count, sources, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const searchSql = 'INSERT INTO message_search (rowid, text) VALUES (?, ?)';

export interface Place { conversationId: number; seq: number }
export interface WrittenText { kind: 'reply' | 'note'; text: string; cid: string | null; fingerprint: string | null; attachmentCount: number; sources?: readonly AnswerSource[]; /** Found by a search besides the text. */ alsoFoundBy?: string | null }

/** Stores a reply or a note at its place, with its HTML and its entry in the search. */
export function insertText(tx: ActionContext, place: Place, author: Author, written: WrittenText): Promise<MessageRow> {
  const searched = [plainOf(written.text), written.alsoFoundBy ?? ''].join('\n').trim();
  return insert(tx, {
    ...base(tx, place, author), kind: written.kind, is_public: written.kind === 'reply' ? 1 : 0,
    cid: written.cid, fingerprint: written.fingerprint, text: written.text, html: renderText(written.text), attachment_count: written.attachmentCount,
    sources: written.sources && written.sources.length > 0 ? JSON.stringify(written.sources) : null,
  }, searched);
}

/** Stores that something happened. */
export function insertEvent(tx: ActionContext, place: Place, author: Author, event: MessageEvent & { key: MessageEventKey }, alsoFoundBy = ''): Promise<MessageRow> {
  return insert(tx, { ...base(tx, place, author), is_public: messageEvents[event.key] ? 1 : 0, event: JSON.stringify({ key: event.key, params: event.params }) }, alsoFoundBy);
}

function base(tx: ActionContext, place: Place, author: Author): Omit<MessageRow, 'id'> {
  return {
    uid: newId(), conversation_id: place.conversationId, seq: place.seq, kind: 'event', is_public: 0,
    author_type: author.type, author_id: author.id, author_uid: author.uid, author_name: author.name,
    cid: null, fingerprint: null, text: '', html: '', event: null, attachment_count: 0, sources: null, created_at: tx.now,
  };
}

async function insert(tx: ActionContext, row: Omit<MessageRow, 'id'>, searched: string): Promise<MessageRow> {
  const { id } = await execute(tx.db, insertSql, [
    row.uid, row.conversation_id, row.seq, row.kind, row.is_public, row.author_type, row.author_id, row.author_uid, row.author_name,
    row.cid, row.fingerprint, row.text, row.html, row.event, row.attachment_count, row.sources, row.created_at,
  ]);
  if (searched !== '') await execute(tx.db, searchSql, [id, searched]);
  return { id, ...row };
}
