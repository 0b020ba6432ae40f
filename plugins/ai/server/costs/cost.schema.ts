import { z } from '@plugboard/sdk';
import { idSchema } from '../ids.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const costQuery = z.strictObject({ from: day, to: day, by: z.enum(['day', 'assistant', 'brand', 'model']).default('day'), assistantId: idSchema.optional(), brandId: idSchema.optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'before_from' });
const figures = {
  turns: z.number().int(), answers: z.number().int(), handOvers: z.number().int(), inputTokens: z.number().int(), outputTokens: z.number().int(), costMicros: z.number().int(),
  /** Of turns, in milliseconds. */
  averageLatencyMs: z.number().nullable(), up: z.number().int(), down: z.number().int(),
};
/** `key`: a day, the id of an assistant or brand, or a model's name (`none` without one). `label`: what people call it; null where it is gone. */
export const costRow = z.strictObject({ key: z.string(), label: z.string().nullable(), ...figures });
export const costSchema = z.strictObject({ currency: z.string(), total: z.strictObject(figures), rows: z.array(costRow) });

export const turnListQuery = z.strictObject({ assistantId: idSchema.optional(), rating: z.enum(['up', 'down']).optional(), limit: z.coerce.number().int().min(1).max(100).default(30), cursor: idSchema.optional() });
export const turnSchema = z.strictObject({
  id: idSchema, assistantId: idSchema, brandId: idSchema, conversationId: z.string(), model: z.string().nullable(), promptVersion: z.string(), outcome: z.string(), reason: z.string().nullable(), confidence: z.number().nullable(),
  inputTokens: z.number().int(), outputTokens: z.number().int(), costMicros: z.number().int().nullable(), latencyMs: z.number().int(), rating: z.strictObject({ contact: z.enum(['up', 'down']).nullable(), operator: z.enum(['up', 'down']).nullable() }), createdAt: z.string(),
});
export const turnPageSchema = z.strictObject({ data: z.array(turnSchema), nextCursor: z.string().nullable() });
export type CostQuery = z.output<typeof costQuery>;
export type TurnDto = z.output<typeof turnSchema>;
