import type { AssistantState } from '../../shared/assistants.ts';
import type { Priority, Status } from '../../shared/conversations.ts';
import type { ContactKind } from '../contacts/index.ts';

export type SnippetAuthor = 'contact' | 'operator' | 'assistant' | 'system';

/** Columns of a conversation. */
export interface ConversationRow {
  id: number;
  uid: string;
  number: string | null;
  subject: string | null;
  brand_id: number;
  channel: string;
  department_id: number | null;
  contact_id: number;
  status: Status;
  priority: Priority;
  is_ticket: number;
  is_spam: number;
  is_ai: number;
  /** Which views it is in; see conversation-state.ts. */
  bucket: number;
  /** Place in the order of waiting; see conversation-state.ts. */
  waiting_key: number;
  last_message_at: number;
  /** Row ids of the assignees as JSON, in the order they were given. */
  assignees: string;
  tags: string;
  mention_count: number;
  version: number;
  change_version: number;
  last_seq: number;
  last_public_seq: number;
  contact_read_seq: number;
  operator_read_seq: number;
  /** Replies to the contact that it has not read. */
  contact_unread: number;
  /** Beginning of the last reply, never of a note. */
  snippet: string;
  snippet_author: SnippetAuthor;
  snippet_name: string;
  snippet_at: number | null;
  waiting_since: number | null;
  language: string | null;
  meta: string;
  opening_cid: string | null;
  address_key: string | null;
  /** Whether the assistant of `assistant_id` speaks for the desk; see speaker.ts. */
  ai_state: AssistantState;
  assistant_id: number | null;
  speaker_epoch: number;
  created_at: number;
  updated_at: number;
}

/** A conversation with what its neighbours are called. */
export interface LoadedConversation extends ConversationRow {
  brand_uid: string;
  department_uid: string | null;
  contact_uid: string;
  contact_kind: ContactKind;
  contact_name: string | null;
  contact_email: string | null;
}

/** What the policy needs to know of a conversation. */
export interface ConversationAccess { brandId: number; departmentId: number | null; contactId: number; assigneeIds: readonly number[] }

export const assigneeIdsOf = (row: Pick<ConversationRow, 'assignees'>): number[] => row.assignees === '[]' ? [] : JSON.parse(row.assignees) as number[];
export const tagsOf = (row: Pick<ConversationRow, 'tags'>): string[] => row.tags === '[]' ? [] : JSON.parse(row.tags) as string[];

export const accessOf = (row: ConversationRow): ConversationAccess =>
  ({ brandId: row.brand_id, departmentId: row.department_id, contactId: row.contact_id, assigneeIds: assigneeIdsOf(row) });
