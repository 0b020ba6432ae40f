import type { AnswerSource } from './assistants.ts';

/**
 * Shapes that leave the core. All ids are opaque strings, all times ISO 8601 in UTC.
 * "Public" shapes are made by a presenter that never sees a note.
 */
export type MessageKind = 'reply' | 'note' | 'event';
export type AuthorType = 'contact' | 'operator' | 'assistant' | 'plugin' | 'system';

export interface AttachmentDto {
  id: string;
  name: string;
  /** Media type found from the content, never the one that was declared. */
  type: string;
  /** Bytes. */
  size: number;
  /** True for a re-encoded raster image: it may be shown inline. */
  isImage: boolean;
  width?: number;
  height?: number;
}

export interface MessageDto {
  id: string;
  /** Position in the conversation, 1…n without gaps. The only order there is. */
  seq: number;
  kind: MessageKind;
  author: { type: AuthorType; id: string | null; name: string };
  /** `html` is sanitised; `text` is what was written, as plain text. */
  body: { html: string; text: string };
  /** For kind `event`: a text key and its parameters, never finished text. */
  event?: { key: string; params: Record<string, string | number | null> };
  attachments: AttachmentDto[];
  /** What an assistant's answer stands on. */
  sources?: AnswerSource[];
  /** The client's own id of the message, given back to its author only. */
  cid?: string;
  createdAt: string;
}

/** What a contact may see of a message: replies and public events only. */
export interface PublicMessageDto extends Omit<MessageDto, 'kind'> {
  kind: 'reply' | 'event';
  /** True when the contact who reads wrote it. */
  isMine: boolean;
}

export interface PublicConversationDto {
  id: string;
  subject: string | null;
  status: 'open' | 'closed';
  /** Ticket number, once it is one. */
  number: string | null;
  departmentId: string | null;
  lastSeq: number;
  /** Highest seq that the contact has read. */
  readSeq: number;
  unreadCount: number;
  /** Highest seq that an operator has read. */
  seenSeq: number;
  lastMessage: { text: string; authorName: string; isMine: boolean; createdAt: string } | null;
  assignee: { id: string; name: string; isAssistant: boolean } | null;
  changeVersion: number;
  createdAt: string;
  updatedAt: string;
}

export interface ContactDto {
  id: string;
  kind: 'anonymous' | 'identified' | 'verified';
  name: string | null;
  /** Of a verified contact the address that was proved; else what somebody typed. */
  email: string | null;
  /** The customer's own id of this person (`user_id`). Proved when `kind` is verified, else a claim. */
  externalId: string | null;
  locale: string | null;
  brandId: string;
  createdAt: string;
}

export const contextTypes = ['list', 'integration', 'error', 'status', 'config', 'feature', 'metric', 'relationship', 'custom'] as const;
export type ContextType = (typeof contextTypes)[number];
/** What is happening for a person right now, as the customer's product tells it. A key set again replaces its entry. */
export interface ContextEntry { label: string; type: ContextType; value: unknown }
/** Facts about a person or a company that change seldom. JSON; at most 20 KB for a person, 50 KB for a company. */
export type Traits = Record<string, unknown>;

/**
 * Who somebody proved to be: by a token that the customer's server signed, by a code or a link that reached their address.
 * At least one of `externalId` and `email` is there.
 */
export interface VerifiedIdentity { externalId?: string; email?: string; name?: string; traits?: Traits }

export interface BrandDto { id: string; slug: string; name: string; locale: string; color: string }
export interface DepartmentDto { id: string; name: string; isPublic: boolean; brandIds: string[] }

export interface Page<T> { data: T[]; nextCursor: string | null }
