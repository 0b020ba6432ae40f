import type { AnswerSource, PublicMessageDto } from '@plugboard/sdk';
import { presentAttachment, type Attachment } from '../attachments/index.ts';
import type { MessageEvent, MessageRow } from './message.model.ts';
import { plainOf } from './render-text.ts';

/** A row that a contact may see. Only `isPublicMessage` makes one, and it makes none of a note. */
export type PublicMessageRow = Omit<MessageRow, 'kind'> & { kind: 'reply' | 'event'; is_public: 1 };

export const isPublicMessage = (row: MessageRow): row is MessageRow & PublicMessageRow => row.is_public === 1 && (row.kind === 'reply' || row.kind === 'event');

/** A message as the contact sees it. Who did something at the desk is told of replies, not of events. */
export function presentPublicMessage(row: PublicMessageRow, attachments: readonly Attachment[], contactId: number): PublicMessageDto {
  const isMine = row.author_type === 'contact' && row.author_id === contactId;
  const isHiddenAuthor = row.kind === 'event' && row.author_type !== 'contact';
  return {
    id: row.uid,
    seq: row.seq,
    kind: row.kind,
    author: isHiddenAuthor ? { type: 'system', id: null, name: '' } : { type: row.author_type, id: row.author_uid, name: row.author_name },
    body: { html: row.html, text: plainOf(row.text) },
    ...(row.event ? { event: JSON.parse(row.event) as MessageEvent } : {}),
    attachments: attachments.map(presentAttachment),
    ...(row.sources ? { sources: JSON.parse(row.sources) as AnswerSource[] } : {}),
    ...(isMine && row.cid ? { cid: row.cid } : {}),
    createdAt: new Date(row.created_at).toISOString(),
    isMine,
  };
}
