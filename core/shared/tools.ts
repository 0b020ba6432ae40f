import { z } from 'zod';
import type { Card } from '@plugboard/sdk';
import { idSchema, pageQuerySchema } from './primitives.ts';
import { callStatuses, type CallStatus } from './assistants.ts';

/** `auto`: runs at once. `ask`: a person decides. `never`: is not there. */
export const toolRules = ['auto', 'ask', 'never'] as const;
export type ToolRule = (typeof toolRules)[number];

/** `id` is `<plugin>.<tool>`. Rules by assistant id and role id; `*` for all others. */
export interface ToolDto {
  id: string; pluginId: string; pluginName: string; name: string; label: string; description: string; effect: 'read' | 'write'; scope: 'contact' | 'conversation' | 'desk';
  /** JSON schema. */
  input: Record<string, unknown>;
  isEnabled: boolean;
  rules: { assistants: Record<string, ToolRule>; roles: Record<string, ToolRule> };
  /** What the one who asks may do with it. */
  mine: ToolRule;
}
const rules = z.record(z.union([z.literal('*'), idSchema]), z.enum(toolRules)).refine((all) => Object.keys(all).length <= 200, { error: 'too_many' });
/** `PUT /api/v1/tools/:id`. */
export const toolSettingsBody = z.strictObject({ isEnabled: z.boolean(), rules: z.strictObject({ assistants: rules, roles: rules }) });

export interface ToolCallDto {
  id: string;
  tool: { id: string; label: string; effect: 'read' | 'write'; pluginName: string };
  status: CallStatus;
  /** Who wants it. */
  by: { type: 'assistant' | 'operator'; id: string; name: string };
  conversation: { id: string; subject: string | null; contactName: string | null } | null;
  input: unknown;
  preview: Card | null;
  result: unknown;
  error: string | null;
  decidedBy: { id: string; name: string } | null;
  decidedAt: string | null;
  reason: string | null;
  /** A call that nobody decided until then is over. */
  expiresAt: string | null;
  createdAt: string;
  may: { decide: boolean };
}
export const toolCallListQuery = pageQuerySchema.extend({ status: z.enum(callStatuses).optional(), effect: z.enum(['read', 'write']).optional(), conversationId: idSchema.optional() });
/** `POST /api/v1/tool-calls/:id/decision`: 409 `decided` when somebody else was faster. */
export const decisionBody = z.strictObject({ approve: z.boolean(), reason: z.string().trim().max(500).optional() });
/** `POST /api/v1/conversations/:id/tool-calls`: an operator uses a tool. `idempotencyKey`: one effect, however often it is sent. */
export const runToolBody = z.strictObject({ tool: z.string().max(120), input: z.json(), idempotencyKey: z.uuid() });
export type ToolSettingsBody = z.output<typeof toolSettingsBody>;
export type RunToolBody = z.output<typeof runToolBody>;
