import { z } from 'zod';
import type { AttachmentDto, MessageDto, PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { AnswerDelta, AnswerEnd, CallStatus } from './assistants.ts';
import type { ConversationSummary } from './conversations.ts';
import type { NotificationDto } from './notifications.ts';
import { cidSchema, idSchema, messageTextSchema } from './primitives.ts';
import type { SocketProblem } from './problem.ts';

export type Ack<T> = (answer: T | SocketProblem) => void;
export interface PresenceEntry { operatorId: string; name: string; isTyping: boolean; kind: 'reply' | 'note' | null }

/** Server → operator, namespace `/operators` (session cookie). */
export interface OperatorServerEvents {
  'conversation:changed': (event: { conversation: ConversationSummary }) => void;
  'conversation:removed': (event: { conversationId: string }) => void;
  'message:new': (event: { conversationId: string; message: MessageDto }) => void;
  'message:changed': (event: { conversationId: string; message: MessageDto }) => void;
  'read:changed': (event: { conversationId: string; contactReadSeq: number }) => void;
  /** The contact types. Ends by itself after 6 s. */
  typing: (event: { conversationId: string; contactId: string; isTyping: boolean }) => void;
  /** Operators who look at or type in a conversation. */
  presence: (event: { conversationId: string; operators: PresenceEntry[] }) => void;
  /** Something that is known of a contact changed: whoever shows it asks anew. */
  'contact:changed': (event: { contactId: string }) => void;
  'contact:presence': (event: { contactId: string; isOnline: boolean }) => void;
  /** Pieces of an assistant's answer, and its end. */
  'answer:delta': (event: AnswerDelta) => void;
  'answer:end': (event: AnswerEnd) => void;
  /** An assistant's turn, draft or rating changed: whoever shows them asks anew. */
  'assistant:changed': (event: { conversationId: string }) => void;
  'counts:changed': () => void;
  /** A source of the knowledge base changed, or got on with its reading: whoever shows it asks anew. */
  'knowledge:changed': (event: { sourceId: string }) => void;
  /** A call of a tool was asked for, decided or ended: whoever shows it asks anew. */
  'tool-call:changed': (event: { call: { id: string; conversationId: string; status: CallStatus } }) => void;
  /** The calls that wait changed; to those who may decide. */
  'approvals:changed': () => void;
  'plugins:changed': (event: { generation: number }) => void;
  /** Something that this operator wants to be told of, by their own preferences. */
  notification: (event: NotificationDto) => void;
  'session:ended': () => void;
  /** `retryAfter` in seconds. */
  'server:restarting': (event: { retryAfter: number }) => void;
}

/** Operator → server. Every event has a schema below and answers through its acknowledgement. */
export interface OperatorClientEvents {
  'conversation:watch': (input: { conversationId: string }, ack: Ack<{ operators: PresenceEntry[] }>) => void;
  'conversation:unwatch': (input: { conversationId: string }, ack: Ack<Record<string, never>>) => void;
  typing: (input: { conversationId: string; isTyping: boolean; kind: 'reply' | 'note' }, ack: Ack<Record<string, never>>) => void;
  sync: (input: { conversationId: string; afterSeq: number }, ack: Ack<{ messages: MessageDto[]; conversation: ConversationSummary; tooFar: boolean }>) => void;
  ping: (input: Record<string, never>, ack: Ack<{ time: string }>) => void;
}

export const operatorClientSchemas = {
  'conversation:watch': z.strictObject({ conversationId: idSchema }),
  'conversation:unwatch': z.strictObject({ conversationId: idSchema }),
  typing: z.strictObject({ conversationId: idSchema, isTyping: z.boolean(), kind: z.enum(['reply', 'note']) }),
  sync: z.strictObject({ conversationId: idSchema, afterSeq: z.number().int().min(0) }),
  ping: z.strictObject({}),
} satisfies Record<keyof OperatorClientEvents, z.ZodType>;

/** Server → visitor, namespace `/plugins/chat/visitors` (bearer token in the handshake). */
export interface VisitorServerEvents {
  'message:new': (event: { conversationId: string; message: PublicMessageDto; conversation: PublicConversationDto }) => void;
  'message:changed': (event: { conversationId: string; message: PublicMessageDto }) => void;
  'conversation:changed': (event: { conversation: PublicConversationDto }) => void;
  typing: (event: { conversationId: string; author: { id: string; name: string }; isTyping: boolean }) => void;
  presence: (event: { isOnline: boolean }) => void;
  /** Pieces of an assistant's answer, and its end: `messageId` when it became a message. */
  'answer:delta': (event: AnswerDelta) => void;
  'answer:end': (event: AnswerEnd) => void;
  /** The channel was switched off: say so politely and keep what was typed. `retryAfter` in seconds. */
  'channel:closed': (event: { retryAfter: number }) => void;
  'session:ended': () => void;
  /** The visitor is somebody else now (proved who they are): the token stays good, connect again. */
  'session:changed': () => void;
  /** `retryAfter` in seconds. */
  'server:restarting': (event: { retryAfter: number }) => void;
}

export interface VisitorClientEvents {
  'message:send': (input: z.input<typeof visitorClientSchemas['message:send']>, ack: Ack<{ id: string; seq: number; conversationId: string; message: PublicMessageDto; conversation: PublicConversationDto }>) => void;
  'conversations:list': (input: { cursor?: string }, ack: Ack<{ data: PublicConversationDto[]; nextCursor: string | null }>) => void;
  sync: (input: { conversationId: string; afterSeq?: number; beforeSeq?: number }, ack: Ack<{ messages: PublicMessageDto[]; conversation: PublicConversationDto; tooFar: boolean }>) => void;
  read: (input: { conversationId: string; seq: number }, ack: Ack<Record<string, never>>) => void;
  typing: (input: { conversationId: string; isTyping: boolean }, ack: Ack<Record<string, never>>) => void;
  'conversation:close': (input: { conversationId: string }, ack: Ack<{ conversation: PublicConversationDto }>) => void;
  ping: (input: Record<string, never>, ack: Ack<{ time: string }>) => void;
}

export const visitorClientSchemas = {
  'message:send': z.strictObject({
    cid: cidSchema,
    body: messageTextSchema,
    attachments: z.array(idSchema).max(10).default([]),
    conversationId: idSchema.optional(),
    /** A first message: the widget's conversation button that was used. */
    buttonId: z.string().max(60).optional(),
    pageUrl: z.string().max(2_000).optional(),
  }),
  'conversations:list': z.strictObject({ cursor: z.string().max(500).optional() }),
  sync: z.strictObject({ conversationId: idSchema, afterSeq: z.number().int().min(0).optional(), beforeSeq: z.number().int().min(1).optional() }),
  read: z.strictObject({ conversationId: idSchema, seq: z.number().int().min(0) }),
  typing: z.strictObject({ conversationId: idSchema, isTyping: z.boolean() }),
  'conversation:close': z.strictObject({ conversationId: idSchema }),
  ping: z.strictObject({}),
} satisfies Record<keyof VisitorClientEvents, z.ZodType>;

export type { AttachmentDto };
