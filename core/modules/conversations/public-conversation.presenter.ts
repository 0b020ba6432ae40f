import type { PublicConversationDto } from '@plugboard/sdk';
import { assigneeIdsOf, type LoadedConversation } from './conversation.model.ts';
import type { PersonRow } from './conversation.queries.ts';
import { isClosed } from './conversation-state.ts';

/** A conversation as its contact sees it: nothing of notes, tags, priority or who else is at work. */
export function presentPublicConversation(row: LoadedConversation, people: ReadonlyMap<number, PersonRow>): PublicConversationDto {
  const assignee = assigneeIdsOf(row).map((id) => people.get(id)).find((person) => person !== undefined);
  return {
    id: row.uid,
    subject: row.subject,
    status: isClosed(row.status) ? 'closed' : 'open',
    number: row.number,
    departmentId: row.department_uid,
    lastSeq: row.last_public_seq,
    readSeq: row.contact_read_seq,
    unreadCount: row.contact_unread,
    seenSeq: Math.min(row.operator_read_seq, row.last_public_seq),
    lastMessage: row.snippet_at === null ? null : {
      text: row.snippet,
      authorName: row.snippet_name,
      isMine: row.snippet_author === 'contact',
      createdAt: new Date(row.snippet_at).toISOString(),
    },
    assignee: assignee ? { id: assignee.uid, name: assignee.name, isAssistant: assignee.kind === 'assistant' } : null,
    changeVersion: row.change_version,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.snippet_at ?? row.created_at).toISOString(),
  };
}
