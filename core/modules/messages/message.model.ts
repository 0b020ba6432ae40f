import type { AuthorType, MessageKind } from '@plugboard/sdk';

/** Columns of a message. `author_uid` and `author_name` are as they were when it was written. */
export interface MessageRow {
  id: number;
  uid: string;
  conversation_id: number;
  seq: number;
  kind: MessageKind;
  /** 1 for replies and for the events that a contact may see; a note never is. */
  is_public: number;
  author_type: AuthorType;
  author_id: number | null;
  author_uid: string | null;
  author_name: string;
  cid: string | null;
  fingerprint: string | null;
  text: string;
  html: string;
  event: string | null;
  attachment_count: number;
  /** What an assistant's answer stands on, as JSON. */
  sources: string | null;
  created_at: number;
}

/** Who wrote: with the row id for the database and the public one for the wire. */
export interface Author { type: AuthorType; id: number | null; uid: string | null; name: string }
export const systemAuthor: Author = { type: 'system', id: null, uid: null, name: '' };

export interface MessageEvent { key: string; params: Record<string, string | number | null> }
