import { z } from '@plugboard/sdk';
import { name, text } from '../fields.ts';
import { idSchema } from '../ids.ts';

export const connectionKinds = ['openai-compatible', 'anthropic'] as const;

const endpoint = z.url({ protocol: /^https?$/ }).max(500).refine((url) => !/^[a-z]+:\/\/[^/]*@/i.test(url), { error: 'no_credentials' }).transform((url) => url.replace(/\/+$/, ''));
/** A key is never told again: `null` takes it away, left out it stays. */
const apiKey = text(500).pipe(z.string().min(1)).nullable();
const connection = { name: name(120), kind: z.enum(connectionKinds), baseUrl: endpoint };

export const connectionBody = z.strictObject({ ...connection, apiKey: apiKey.default(null) });
/** Another `baseUrl` or `kind` clears the key, unless the same call brings one. */
export const connectionPatch = z.strictObject({ ...connection, apiKey }).partial();
export const connectionSchema = z.strictObject({
  id: idSchema, name: z.string(), kind: z.enum(connectionKinds), baseUrl: z.string(), apiKey: z.strictObject({ set: z.boolean(), last4: z.string().nullable() }), createdAt: z.string(), updatedAt: z.string(),
});

/** Test connection, on values that need not be saved: with `id`, its stored key is used where none is given and the address is the same. */
export const checkBody = z.strictObject({
  id: idSchema.optional(), kind: connection.kind, baseUrl: endpoint, apiKey: apiKey.optional(), model: text(200).pipe(z.string().min(1)), modelKind: z.enum(['language', 'embedding']).default('language'),
});
export const checkProblems = [
  'address', 'not-allowed', 'name-resolution', 'refused', 'tls', 'unreachable', 'timeout', 'unauthorized', 'forbidden', 'not-found', 'model-unknown', 'quota', 'rate-limited', 'server-error', 'wrong-format', 'no-streaming', 'empty', 'rejected',
] as const;
export type CheckProblem = (typeof checkProblems)[number];
/** Always 200. `message` is text in the reader's language; `detail` what the endpoint itself said. */
export const checkAnswer = z.union([
  z.strictObject({ ok: z.literal(true), firstPieceMs: z.number(), isStreaming: z.boolean(), sample: z.string(), models: z.array(z.string()) }),
  z.strictObject({ ok: z.literal(false), problem: z.enum(checkProblems), field: z.enum(['baseUrl', 'apiKey', 'model']).nullable(), message: z.string(), detail: z.string() }),
]);

const price = z.number().min(0).max(100_000).nullable();
const model = {
  connectionId: idSchema, kind: z.enum(['language', 'embedding']), name: name(120),
  /** As the endpoint calls it. */
  model: text(200).pipe(z.string().min(1)),
  temperature: z.number().min(0).max(2), maxOutputTokens: z.number().int().min(64).max(16_000),
  /** Per million tokens, in the currency of the settings; null: not known, and not counted. */
  inputPrice: price, outputPrice: price,
};
export const modelBody = z.strictObject({
  ...model, kind: model.kind.default('language'), temperature: model.temperature.default(0.2), maxOutputTokens: model.maxOutputTokens.default(1_000), inputPrice: price.default(null), outputPrice: price.default(null),
});
export const modelPatch = z.strictObject({ ...model }).omit({ kind: true }).partial();
export const modelSchema = z.strictObject({ id: idSchema, ...model, name: z.string(), model: z.string(), isEmbedding: z.boolean(), createdAt: z.string(), updatedAt: z.string() });

export const connectionListSchema = z.strictObject({ data: z.array(connectionSchema), nextCursor: z.null() });
export const modelListSchema = z.strictObject({ data: z.array(modelSchema), nextCursor: z.null() });

export type ConnectionBody = z.output<typeof connectionBody>;
export type ConnectionPatch = z.output<typeof connectionPatch>;
export type CheckBody = z.output<typeof checkBody>;
export type CheckAnswer = z.output<typeof checkAnswer>;
export type ModelBody = z.output<typeof modelBody>;
export type ModelPatch = z.output<typeof modelPatch>;
export interface Connection { id: string; name: string; kind: (typeof connectionKinds)[number]; baseUrl: string; keySealed: string | null; keyLast4: string | null; createdAt: number; updatedAt: number }
export interface Model extends ModelBody { id: string; createdAt: number; updatedAt: number }
