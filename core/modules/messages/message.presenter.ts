import type { AnswerSource, MessageDto } from '@plugboard/sdk';
import { isStaff, type Actor } from '../../kernel/policy/actor.ts';
import { presentAttachment, type Attachment } from '../attachments/index.ts';
import type { MessageEvent, MessageRow } from './message.model.ts';
import { plainOf } from './render-text.ts';

/** A message as people of the desk see it. The client's own id goes back to its author only. */
export function presentMessage(row: MessageRow, attachments: readonly Attachment[] = [], viewer: Actor | null = null): MessageDto {
  const isAuthor = viewer !== null && isStaff(viewer) && row.author_uid === viewer.id;
  return {
    id: row.uid,
    seq: row.seq,
    kind: row.kind,
    author: { type: row.author_type, id: row.author_uid, name: row.author_name },
    body: { html: row.html, text: plainOf(row.text) },
    ...(row.event ? { event: JSON.parse(row.event) as MessageEvent } : {}),
    attachments: attachments.map(presentAttachment),
    ...(row.sources ? { sources: JSON.parse(row.sources) as AnswerSource[] } : {}),
    ...(isAuthor && row.cid ? { cid: row.cid } : {}),
    createdAt: new Date(row.created_at).toISOString(),
  };
}
