import type { AuthorType } from '@plugboard/sdk';
import type { Knex } from 'knex';
import { selectRows } from '../../kernel/db/statement.ts';
import type { MessageRow } from './message.model.ts';

/** `public`: what a contact may see; `without-notes`: for staff who may not read notes; `all`. */
export type Audience = 'all' | 'without-notes' | 'public';

const audienceSql: Record<Audience, string> = {
  all: '',
  'without-notes': " AND kind IN ('reply', 'event')",
  public: " AND is_public = 1 AND kind IN ('reply', 'event')",
};

export interface MessageWindow { afterSeq?: number | undefined; beforeSeq?: number | undefined; limit: number }

/** A page of one conversation in the order of `seq`: after a place, before one, or the newest. `hasMore` tells of more in that direction. */
export async function selectMessages(db: Knex, conversationId: number, audience: Audience, window: MessageWindow): Promise<{ rows: MessageRow[]; hasMore: boolean }> {
  const isForward = window.afterSeq !== undefined;
  const bound = window.afterSeq ?? window.beforeSeq ?? Number.MAX_SAFE_INTEGER;
  const rows = await selectRows<MessageRow>(db,
    `SELECT * FROM messages WHERE conversation_id = ? AND seq ${isForward ? '>' : '<'} ?${audienceSql[audience]} ORDER BY seq ${isForward ? 'ASC' : 'DESC'} LIMIT ?`,
    [conversationId, bound, window.limit + 1]);
  const page = rows.slice(0, window.limit);
  return { rows: isForward ? page : page.reverse(), hasMore: rows.length > window.limit };
}

/** What an author stored under a cid before. */
export async function findByCid(db: Knex, conversationId: number, author: { type: AuthorType; id: number | null }, cid: string): Promise<MessageRow | undefined> {
  const [row] = await selectRows<MessageRow>(db,
    'SELECT * FROM messages WHERE conversation_id = ? AND author_type = ? AND author_id = ? AND cid = ?', [conversationId, author.type, author.id, cid]);
  return row;
}

/** Replies after a place that somebody else wrote: what the writer of an answer has not seen yet. */
export async function selectNewerReplies(db: Knex, conversationId: number, afterSeq: number, writer: { type: AuthorType; id: number | null }): Promise<MessageRow[]> {
  return selectRows<MessageRow>(db,
    `SELECT * FROM messages WHERE conversation_id = ? AND seq > ? AND kind = 'reply' AND NOT (author_type = ? AND author_id = ?) ORDER BY seq LIMIT 50`,
    [conversationId, afterSeq, writer.type, writer.id]);
}

/** Replies to the contact after a place. */
export async function countRepliesToContact(db: Knex, conversationId: number, afterSeq: number): Promise<number> {
  const [row] = await selectRows<{ replies: number }>(db,
    `SELECT COUNT(*) AS replies FROM messages WHERE conversation_id = ? AND seq > ? AND kind = 'reply' AND author_type <> 'contact'`, [conversationId, afterSeq]);
  return Number(row?.replies ?? 0);
}

export async function selectMessagesById(db: Knex, ids: readonly number[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  return selectRows<MessageRow>(db, `SELECT * FROM messages WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY seq`, ids);
}
