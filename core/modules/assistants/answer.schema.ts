import { handOverReasons } from '@plugboard/sdk';
import { z } from 'zod';
import { priorities } from '../../shared/conversations.ts';
import { limits } from '../../shared/limits.ts';
import { idSchema, messageTextSchema } from '../../shared/primitives.ts';

const clean = (max: number) => z.string().transform((text) => text.replaceAll('\u0000', '').toWellFormed()).pipe(z.string().max(max));
const webAddress = z.string().max(2_000).refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url));

const source = z.object({ title: clean(300), url: webAddress.nullable().catch(null) });
const handOver = z.object({
  reason: z.enum(handOverReasons),
  summary: clean(8_000).optional(),
  departmentId: idSchema.optional(),
  priority: z.enum(priorities).optional(),
  tags: z.array(clean(limits.tag)).max(20).optional(),
  message: clean(2_000).optional(),
});
const trace = z.object({
  model: clean(200).nullable(),
  promptVersion: clean(100),
  passages: z.array(z.object({ id: clean(100), title: clean(300), url: webAddress.nullable().catch(null), score: z.number(), excerpt: clean(2_000) })).max(50),
  inputTokens: z.number().int().min(0),
  outputTokens: z.number().int().min(0),
  costMicros: z.number().int().min(0).nullable(),
  notes: z.array(clean(500)).max(50).optional(),
});

/** What a plugin's assistant may answer; anything else hands the conversation to a person. */
export const answerSchema = z.object({
  text: messageTextSchema,
  sources: z.array(source).max(20).optional(),
  confidence: z.number().min(0).max(100).optional(),
  handOver: handOver.optional(),
  trace: trace.optional(),
});
export type CheckedAnswer = z.output<typeof answerSchema>;

/** What a plugin's assistant may answer to an operator. */
export const assistAnswerSchema = z.object({
  text: clean(40_000),
  sources: z.array(source).max(20).optional(),
  similar: z.array(z.object({ conversationId: idSchema, title: clean(300), excerpt: clean(1_000) })).max(20).optional(),
});
