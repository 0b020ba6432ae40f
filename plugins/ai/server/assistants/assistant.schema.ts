import { z } from '@plugboard/sdk';
import { escalationSchema } from '../escalation/escalation.schema.ts';
import { byLocale, localeSchema, name, text } from '../fields.ts';
import { idSchema } from '../ids.ts';

/** 64 KB of picture are 87 400 characters of base64. */
const avatarSchema = z.string().max(88_000).regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, 'a small PNG, JPEG or WebP');
const questions = z.array(text(160).pipe(z.string().min(1))).max(6);
const score = z.number().int().min(1).max(100).nullable();

const fields = {
  avatar: avatarSchema.nullable(),
  brandIds: z.union([z.literal('all'), z.array(idSchema).min(1).max(100)]),
  persona: text(2_000),
  tone: z.enum(['friendly', 'neutral', 'formal']),
  instructions: text(20_000),
  /** What it must not talk about or do. */
  refusals: text(5_000),
  /** What it says to a greeting; empty: a shipped text. */
  greeting: text(1_000),
  greetingByLocale: byLocale(1_000),
  suggestedQuestions: questions,
  suggestedQuestionsByLocale: z.record(localeSchema, questions),
  /** Empty: every language. Else people who write in another one are handed over. */
  languages: z.array(localeSchema).max(40),
  /** The first is asked; the next ones in turn where it fails. Empty: answers by retrieval alone. */
  modelIds: z.array(idSchema).max(5),
  useTools: z.boolean(),
  /** In one conversation; a person goes on after that. */
  maxAnswers: z.number().int().min(1).max(100),
  /** Answers only while its newest bench run reached these; else it suggests. Null: no gate. */
  gate: z.strictObject({ answered: score.default(null), escalated: score.default(null), grounded: score.default(null) }),
};

/** What of an assistant lives in the JSON column. */
export const assistantConfigSchema = z.strictObject({
  avatar: fields.avatar.default(null), brandIds: fields.brandIds.default('all'), persona: fields.persona.default(''), tone: fields.tone.default('friendly'),
  instructions: fields.instructions.default(''), refusals: fields.refusals.default(''), greeting: fields.greeting.default(''), greetingByLocale: fields.greetingByLocale.default({}),
  suggestedQuestions: fields.suggestedQuestions.default([]), suggestedQuestionsByLocale: fields.suggestedQuestionsByLocale.default({}), languages: fields.languages.default([]),
  modelIds: fields.modelIds.default([]), useTools: fields.useTools.default(true), maxAnswers: fields.maxAnswers.default(20), gate: fields.gate.prefault({}),
  escalation: escalationSchema.prefault({}),
});

export const modes = ['off', 'suggest', 'answer'] as const;
const head = { name: name(120), mode: z.enum(modes), isDefault: z.boolean() };

export const assistantBody = assistantConfigSchema.extend({ name: head.name, mode: head.mode.default('off'), isDefault: head.isDefault.default(false) });
/** What is left out stays; `escalation` and `gate` are given whole. `version`: 409 `stale` with the present `assistant` when somebody else was faster. */
export const assistantPatch = z.strictObject({ version: z.number().int().min(1), ...head, ...fields, escalation: escalationSchema }).partial();

/** Scores of the newest finished bench run, in per cent. */
export const scoresSchema = z.strictObject({ answered: z.number().nullable(), escalated: z.number().nullable(), grounded: z.number().nullable() });
export const assistantSchema = assistantConfigSchema.extend({
  id: idSchema, name: z.string(), mode: z.enum(modes), isDefault: z.boolean(), version: z.number().int(), createdAt: z.string(), updatedAt: z.string(),
  scores: scoresSchema.nullable(),
  /** False while a gate keeps it from answering. */
  passesGate: z.boolean(),
});
export const assistantListSchema = z.strictObject({ data: z.array(assistantSchema), nextCursor: z.null() });

/** What a page may show before anybody wrote. */
export const openingQuery = z.strictObject({ brandId: idSchema, locale: localeSchema.optional() });
export const openingSchema = z.strictObject({ assistant: z.strictObject({ name: z.string(), greeting: z.string(), suggestedQuestions: z.array(z.string()) }).nullable() });

export type AssistantConfig = z.output<typeof assistantConfigSchema>;
export type AssistantBody = z.output<typeof assistantBody>;
export type AssistantPatch = z.output<typeof assistantPatch>;
export type Scores = z.output<typeof scoresSchema>;
export interface Assistant extends AssistantConfig {
  id: string; name: string; mode: (typeof modes)[number]; isDefault: boolean; version: number; scores: Scores | null; createdAt: number; updatedAt: number;
}
