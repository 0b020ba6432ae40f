import { z } from 'zod';
import { assistKinds, type AnswerSource, type AnswerTrace, type AssistantMode, type HandOverReason } from '@plugboard/sdk';
import { idSchema, localeSchema } from './primitives.ts';

/** Who speaks for the desk in a conversation: an assistant, a paused one that may be called back, or people. */
export const assistantStates = ['active', 'paused', 'off'] as const;
export type AssistantState = (typeof assistantStates)[number];

/** `isBusy`: it is making an answer now. `canAssist`: operators may ask it for help. */
export interface ConversationAssistant { state: AssistantState; assistant: { id: string; name: string; avatarUrl: string | null } | null; isBusy: boolean }

/** `id` is its operator account's. */
export interface AssistantDto { id: string; name: string; avatarUrl: string | null; pluginId: string; mode: AssistantMode; isDefault: boolean; brandIds: string[] | 'all'; canAssist: boolean; isThere: boolean }

/** `PUT /api/v1/conversations/:id/assistant`: `active` passes (back) to an assistant, `paused` keeps it silent, `off` takes over. */
export const assistantStateBody = z.strictObject({ version: z.number().int().min(0), state: z.enum(assistantStates), assistantId: idSchema.optional() });

export const runStatuses = ['running', 'answered', 'handed-over', 'drafted', 'superseded', 'failed'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** A call of a tool, in a turn or by an operator. */
export const callStatuses = ['pending', 'running', 'done', 'failed', 'rejected', 'expired', 'refused'] as const;
export type CallStatus = (typeof callStatuses)[number];

/** One turn of an assistant and what it came from: `GET /api/v1/conversations/:id/answers`, newest first. */
export interface AnswerDto {
  id: string;
  assistant: { id: string; name: string };
  status: RunStatus;
  reason: HandOverReason | null;
  /** Message that it became, or note with what was not sent. */
  messageId: string | null;
  question: string;
  text: string;
  confidence: number | null;
  sources: AnswerSource[];
  trace: AnswerTrace | null;
  calls: { id: string; tool: string; label: string; effect: 'read' | 'write'; input: unknown; status: CallStatus; result: unknown }[];
  latencyMs: number | null;
  error: string | null;
  rating: { contact: 'up' | 'down' | null; operator: 'up' | 'down' | null; comment: string | null };
  createdAt: string;
}
export const rateAnswerBody = z.strictObject({ rating: z.enum(['up', 'down']).nullable(), comment: z.string().trim().max(2_000).optional() });
/** `POST /api/v1/answers/:id/article`: a draft made of question and answer. */
export const answerArticleBody = z.strictObject({ categoryId: idSchema.nullable().default(null) });

/** A draft that waits for an operator: `GET /api/v1/conversations/:id/suggestion` → `{ suggestion }`; DELETE puts it away. */
export interface SuggestionDto { id: string; assistant: { id: string; name: string }; text: string; sources: AnswerSource[]; confidence: number | null; afterSeq: number; createdAt: string }

/**
 * `POST /api/v1/conversations/:id/assist` → `application/x-ndjson`: lines `{ "text": "…" }` as it is written, then one
 * `{ "done": AssistAnswer }` or `{ "problem": { code, title } }`.
 */
export const assistBody = z.strictObject({
  kind: z.enum(assistKinds), assistantId: idSchema.optional(), text: z.string().max(20_000).optional(), instruction: z.string().trim().max(500).optional(), locale: localeSchema.optional(),
});
export interface AssistAnswer { text: string; sources: AnswerSource[]; similar: { conversationId: string; title: string; excerpt: string }[] }

/** Pieces of an answer on their way, to the contact and to operators who look. `index` counts from 0; what is missed comes with the message. */
export interface AnswerDelta { conversationId: string; runId: string; index: number; text: string; author: { id: string; name: string } }
/** The answer is over: its message came, or nothing will. */
export interface AnswerEnd { conversationId: string; runId: string; messageId: string | null }

export type AssistBody = z.output<typeof assistBody>;
export type AssistantStateBody = z.output<typeof assistantStateBody>;
