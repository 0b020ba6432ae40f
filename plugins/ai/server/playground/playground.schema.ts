import { contextTypes, z } from '@plugboard/sdk';
import { assistantBody } from '../assistants/assistant.schema.ts';
import { localeSchema, text } from '../fields.ts';
import { idSchema } from '../ids.ts';

/**
 * Asks settings that need not be saved. Answered as lines of JSON: `{ "text": "…" }` as it is written, then one
 * `{ "done": PlaygroundAnswer }` or `{ "problem": { "code": "…" } }`. Nothing reaches anybody; tools are not called.
 */
export const playgroundBody = z.strictObject({
  assistant: assistantBody, assistantId: idSchema.optional(), brandId: idSchema, locale: localeSchema.optional(), audience: z.enum(['public', 'signed-in', 'internal']).default('public'),
  messages: z.array(z.strictObject({ author: z.enum(['contact', 'assistant']), text: text(10_000).pipe(z.string().min(1)) })).min(1).max(50),
  traits: z.record(z.string().max(120), z.json()).default({}),
  context: z.array(z.strictObject({ key: z.string().max(120), label: text(120), type: z.enum(contextTypes), value: z.json() })).max(50).default([]),
  departmentId: idSchema.nullable().default(null), page: text(2_000).default(''),
});
/** The last line's `done`. */
export const playgroundAnswer = z.strictObject({
  text: z.string(), sources: z.array(z.strictObject({ title: z.string(), url: z.string().nullable() })), confidence: z.number().nullable(), handOver: z.json().nullable(), trace: z.json(), latencyMs: z.number().int(),
  /** Text of the prompt as the model got it; null without one. */
  prompt: z.string().nullable(),
});
export type PlaygroundBody = z.output<typeof playgroundBody>;
