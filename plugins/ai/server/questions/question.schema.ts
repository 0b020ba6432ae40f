import { z } from '@plugboard/sdk';
import { localeSchema } from '../fields.ts';
import { idSchema } from '../ids.ts';

export const questionStates = ['open', 'done', 'ignored'] as const;
export const questionListQuery = z.strictObject({
  state: z.enum(questionStates).default('open'), brandId: idSchema.optional(), locale: localeSchema.optional(),
  sort: z.enum(['count', 'newest']).default('count'), limit: z.coerce.number().int().min(1).max(100).default(30), cursor: z.string().max(200).optional(),
});
const head = {
  id: idSchema, brandId: idSchema, locale: z.string(), title: z.string(), count: z.number().int(), state: z.enum(questionStates), firstSeenAt: z.string(), lastSeenAt: z.string(),
  /** The draft that was made of it. */
  articleId: idSchema.nullable(),
};
export const questionSchema = z.strictObject(head);
export const questionDetailSchema = z.strictObject({
  ...head, examples: z.array(z.strictObject({ text: z.string(), conversationId: z.string(), reason: z.string().nullable(), createdAt: z.string() })),
});
export const questionPageSchema = z.strictObject({ data: z.array(questionSchema), nextCursor: z.string().nullable() });
export const questionPatch = z.strictObject({ state: z.enum(questionStates) });
export const draftBody = z.strictObject({ title: z.string().trim().min(1).max(200).optional(), categoryId: idSchema.optional() });
export const draftAnswer = z.strictObject({ articleId: idSchema, writtenBy: z.enum(['model', 'people', 'outline']) });

export type QuestionListQuery = z.output<typeof questionListQuery>;
export type QuestionState = (typeof questionStates)[number];
export interface Question { id: string; brandId: string; locale: string; title: string; terms: string[]; count: number; state: QuestionState; firstSeenAt: number; lastSeenAt: number; articleId: string | null }
export interface QuestionExample { runId: string; text: string; conversationId: string; contactId: string; reason: string | null; createdAt: number }
