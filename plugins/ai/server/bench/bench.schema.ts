import { z } from '@plugboard/sdk';
import { localeSchema, text } from '../fields.ts';
import { idSchema } from '../ids.ts';

export const expectations = ['answer', 'hand-over', 'no-answer'] as const;
const questions = z.array(text(2_000).pipe(z.string().min(1))).min(1).max(5);
const facts = z.array(text(300).pipe(z.string().min(1))).max(10);
const head = {
  brandId: idSchema, locale: localeSchema,
  /** What the person writes, one message after the other; the answer to the last one counts. */
  questions,
  /** `answer`: it holds every fact. `hand-over`: a person goes on. `no-answer`: it does not claim to know. */
  expect: z.enum(expectations), facts,
  audience: z.enum(['public', 'signed-in']),
};
export const caseBody = z.strictObject({ ...head, facts: facts.default([]), audience: head.audience.default('public') })
  .refine(({ expect, facts: given }) => expect !== 'answer' || given.length > 0, { path: ['facts'], error: 'required' });
export const casePatch = z.strictObject({ ...head, isEnabled: z.boolean() }).partial();
export const caseSchema = z.strictObject({
  id: idSchema, ...head, questions: z.array(z.string()), facts: z.array(z.string()), isEnabled: z.boolean(), origin: z.enum(['hand', 'conversation', 'answer']), originId: z.string().nullable(), createdAt: z.string(), updatedAt: z.string(),
});
export const caseListQuery = z.strictObject({ brandId: idSchema.optional(), limit: z.coerce.number().int().min(1).max(100).default(50), cursor: idSchema.optional() });
export const casePageSchema = z.strictObject({ data: z.array(caseSchema), nextCursor: z.string().nullable() });
/** Cases from resolved conversations, addresses and numbers taken out; they begin switched off, to be looked over. */
export const importBody = z.strictObject({ brandId: idSchema.optional(), limit: z.number().int().min(1).max(50).default(10) });
export const importAnswer = z.strictObject({ data: z.array(caseSchema) });
/** A case from an answer that the assistant gave; `runId` as in the answers of a conversation. */
export const fromAnswerBody = z.strictObject({ runId: idSchema, expect: z.enum(expectations), facts: facts.default([]) });

export const runBody = z.strictObject({ assistantId: idSchema });
export const runStates = ['waiting', 'running', 'done', 'failed'] as const;
const percent = z.number().nullable();
export const runSchema = z.strictObject({
  id: idSchema, assistantId: idSchema, state: z.enum(runStates), trigger: z.enum(['hand', 'assistant', 'model', 'knowledge']), promptVersion: z.string().nullable(), model: z.string().nullable(),
  caseCount: z.number().int(), doneCount: z.number().int(),
  /** Per cent of the cases of a kind; null where there was none. */
  answered: percent, escalated: percent, grounded: percent,
  costMicros: z.number(), createdAt: z.string(), endedAt: z.string().nullable(),
});
export const resultSchema = z.strictObject({
  caseId: idSchema, question: z.string(), expect: z.enum(expectations), isRight: z.boolean(), grounded: percent, outcome: z.enum(['answer', 'hand-over', 'no-answer', 'failed']),
  text: z.string(), reason: z.string().nullable(), missingFacts: z.array(z.string()), confidence: percent,
});
export const runListQuery = z.strictObject({ assistantId: idSchema.optional(), limit: z.coerce.number().int().min(1).max(100).default(20), cursor: idSchema.optional() });
export const runPageSchema = z.strictObject({ data: z.array(runSchema), nextCursor: z.string().nullable() });
export const runDetailSchema = runSchema.extend({ results: z.array(resultSchema) });
export const compareQuery = z.strictObject({ before: idSchema, after: idSchema });
export const compareSchema = z.strictObject({
  before: runSchema, after: runSchema,
  cases: z.array(z.strictObject({ caseId: idSchema, question: z.string(), change: z.enum(['better', 'worse', 'same', 'new', 'gone']), before: resultSchema.nullable(), after: resultSchema.nullable() })),
});

export type CaseBody = z.output<typeof caseBody>;
export type CasePatch = z.output<typeof casePatch>;
export type BenchCaseDto = z.output<typeof caseSchema>;
export type BenchRunDto = z.output<typeof runSchema>;
export type BenchResult = z.output<typeof resultSchema>;
