import { z } from '@plugboard/sdk';
import { idSchema } from '../ids.ts';

const amount = z.number().min(0).max(1_000_000);

/** What counts for all assistants. */
export const settingsBody = z.strictObject({
  version: z.number().int().min(0).optional(),
  /** The model that texts and questions are embedded with; null: none. */
  embeddingModelId: idSchema.nullable().default(null),
  /** The model that other plugins and the copilot use; null: the first of the default assistant. */
  languageModelId: idSchema.nullable().default(null),
  currency: z.string().regex(/^[A-Z]{3}$/).default('USD'),
  /** For a day in UTC, in the currency; null: none. */
  budgetPerDay: amount.nullable().default(null),
  brandBudgets: z.record(idSchema, amount).default({}),
  /** Over the budget: answers without a model, or hands over. */
  overBudget: z.enum(['retrieval', 'hand-over']).default('retrieval'),
  /** Runs the bench after each change of instructions, model or knowledge. */
  benchAfterChanges: z.boolean().default(true),
});
export const settingsSchema = settingsBody.extend({
  version: z.number().int(),
  today: z.strictObject({ spent: z.number(), brands: z.record(idSchema, z.number()) }),
});
export type Settings = Omit<z.output<typeof settingsBody>, 'version'> & { version: number };
export type SettingsBody = z.output<typeof settingsBody>;
