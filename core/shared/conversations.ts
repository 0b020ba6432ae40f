import { z } from 'zod';
import type { AttachmentDto, MessageDto } from '@plugboard/sdk';
import type { AssistantState } from './assistants.ts';
import { limits } from './limits.ts';
import type { CompanyRef, ContactActivityDto, ContextEntryDto } from './sdk-api.ts';
import { cidSchema, idSchema, messageTextSchema, pageQuerySchema } from './primitives.ts';

export const statuses = ['open', 'waiting', 'snoozed', 'resolved', 'closed'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const views = ['mine', 'mentions', 'unassigned', 'all', 'snoozed', 'ai', 'closed', 'spam'] as const;
export const sorts = ['waiting', 'newest', 'oldest'] as const;

export type Status = (typeof statuses)[number];
export type Priority = (typeof priorities)[number];
export type View = (typeof views)[number];
export type Sort = (typeof sorts)[number];

export interface PersonRef { id: string; name: string; avatarUrl?: string | null }
export interface ContactRef extends PersonRef { kind: 'anonymous' | 'identified' | 'verified'; email: string | null }

/** A row of the inbox list. It carries a snippet, never a whole body. */
export interface ConversationSummary {
  id: string;
  number: string | null;
  subject: string | null;
  snippet: string;
  snippetAuthor: 'contact' | 'operator' | 'assistant' | 'system';
  status: Status;
  priority: Priority;
  channel: string;
  brandId: string;
  departmentId: string | null;
  contact: ContactRef;
  assignees: PersonRef[];
  tags: string[];
  isUnread: boolean;
  /** Whether an assistant speaks for the desk. */
  assistantState: AssistantState;
  lastSeq: number;
  /** Since when the contact waits for an answer; null when nobody waits. */
  waitingSince: string | null;
  lastMessageAt: string;
  createdAt: string;
  /** Goes up with each change of status, assignee, priority, department, tags or subject; send it back with a change. */
  version: number;
  changeVersion: number;
}

export interface ConversationDetail extends ConversationSummary {
  language: string | null;
  /** Highest seq read by the contact. */
  contactReadSeq: number;
  /** Highest seq read by the operator who asks. */
  readSeq: number;
  meta: Record<string, string>;
  may: { reply: boolean; note: boolean; assign: boolean; change: boolean };
}

export const conversationListQuery = pageQuerySchema.extend({
  view: z.enum(views).default('all'),
  q: z.string().max(limits.searchQuery).optional(),
  sort: z.enum(sorts).default('newest'),
  departmentId: idSchema.optional(),
  brandId: idSchema.optional(),
});

export const messageListQuery = z.strictObject({
  afterSeq: z.coerce.number().int().min(0).optional(),
  beforeSeq: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
});

export const sendMessageBody = z.strictObject({
  cid: cidSchema,
  kind: z.enum(['reply', 'note']),
  body: messageTextSchema,
  attachmentIds: z.array(idSchema).max(limits.attachmentsPerMessage).default([]),
  /** Last seq the writer saw. If a newer public message is there, the answer is 409 `behind`. */
  expectedSeq: z.number().int().min(0).optional(),
}).refine((value) => value.body.trim() !== '' || value.attachmentIds.length > 0, { path: ['body'], error: 'message_empty' });

export const changeConversationBody = z.strictObject({
  version: z.number().int().min(0),
  status: z.enum(statuses).optional(),
  priority: z.enum(priorities).optional(),
  assigneeIds: z.array(idSchema).max(20).optional(),
  departmentId: idSchema.nullable().optional(),
  tags: z.array(z.string().trim().min(1).max(limits.tag)).max(50).optional(),
  subject: z.string().trim().max(limits.subject).nullable().optional(),
  isSpam: z.boolean().optional(),
});

export type SendMessageBody = z.output<typeof sendMessageBody>;
export type ChangeConversationBody = z.output<typeof changeConversationBody>;
export type ViewCounts = Record<View, number> & { departments: Record<string, number> };
export interface ContactDetail extends ContactRef {
  /** The customer's own id; a claim unless `kind` is verified. */
  externalId: string | null;
  locale: string | null; timeZone: string | null; brandId: string; createdAt: string; signedUpAt: string | null; lastSeenAt: string | null; isOnline: boolean;
  traits: Record<string, unknown>;
  company: CompanyRef | null;
  /** Errors first, then the newest. Entries of the company are among them. */
  context: ContextEntryDto[];
  /** Newest first: pages that were opened and events of the SDK. */
  activity: ContactActivityDto[];
  conversations: ConversationSummary[];
}
export type { AttachmentDto, MessageDto };
