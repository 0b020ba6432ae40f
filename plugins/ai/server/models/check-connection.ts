import type { PluginContext } from '@plugboard/sdk';
import type { CheckAnswer, CheckBody, CheckProblem } from './model.schema.ts';
import { ModelProblem, problemOf, type ProblemKind } from './model-problem.ts';
import { embeddingModel, languageModel } from './sdk-model.ts';
import { streamStep } from './stream-step.ts';

type Check = Omit<CheckBody, 'id' | 'apiKey'> & { apiKey: string | null };

const checkMs = 25_000;
const fieldOf: Partial<Record<CheckProblem, 'baseUrl' | 'apiKey' | 'model'>> = {
  address: 'baseUrl', 'not-allowed': 'baseUrl', 'name-resolution': 'baseUrl', refused: 'baseUrl', tls: 'baseUrl', unreachable: 'baseUrl', timeout: 'baseUrl', 'not-found': 'baseUrl', 'wrong-format': 'baseUrl',
  unauthorized: 'apiKey', forbidden: 'apiKey', quota: 'apiKey', 'model-unknown': 'model', empty: 'model',
};

/** Asks the endpoint for a word, and says in one sentence what is wrong when none comes. */
export async function checkConnection(ctx: Pick<PluginContext, 'http' | 't'>, check: Check, locale: string, signal: AbortSignal): Promise<CheckAnswer> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(checkMs)]);
  const started = performance.now();
  try {
    const tried = check.modelKind === 'embedding' ? await tryEmbedding(ctx, check, bounded) : await tryLanguage(ctx, check, bounded, started);
    const models = await modelNames(ctx, check, bounded);
    return { ok: true, isStreaming: check.modelKind === 'language', models: models.map((name) => withoutKey(name, check.apiKey)), ...tried, sample: withoutKey(tried.sample, check.apiKey) };
  } catch (error) {
    signal.throwIfAborted();
    const { kind, detail } = bounded.aborted ? new ModelProblem('timeout') : problemOf(error);
    const problem = told(kind);
    return { ok: false, problem, field: fieldOf[problem] ?? null, message: ctx.t(`check.${problem}`, {}, locale), detail: withoutKey(detail, check.apiKey) };
  }
}

/** Whoever tries a connection may not know its key: what an endpoint repeats of it is not shown, whole or cut. */
function withoutKey(text: string, key: string | null): string {
  if (key === null || key.length < 8) return key ? text.replaceAll(key, '…') : text;
  let clean = text.replaceAll(key, '…');
  for (let from = 0; from + 8 <= key.length; from += 1) clean = clean.replaceAll(key.slice(from, from + 8), '…');
  return clean;
}

async function tryLanguage({ http }: Pick<PluginContext, 'http'>, check: Check, signal: AbortSignal, started: number): Promise<{ firstPieceMs: number; sample: string }> {
  let firstPieceMs = 0;
  const step = await streamStep({
    model: await languageModel(http, check, check.model), system: 'Answer with one word.', messages: [{ role: 'user', content: 'Say hello.' }], maxOutputTokens: 256, temperature: 0, signal,
    onText: () => { firstPieceMs ||= Math.round(performance.now() - started); },
  });
  if (step.text.trim() === '') throw new ModelProblem('empty');
  return { firstPieceMs, sample: step.text.trim().slice(0, 100) };
}

async function tryEmbedding({ http }: Pick<PluginContext, 'http'>, check: Check, signal: AbortSignal): Promise<{ firstPieceMs: number; sample: string }> {
  const { embedMany } = await import('ai');
  const started = performance.now();
  const { embeddings } = await embedMany({ model: await embeddingModel(http, check, check.model), values: ['hello'], maxRetries: 0, abortSignal: signal });
  const size = embeddings[0]?.length ?? 0;
  if (size === 0) throw new ModelProblem('empty');
  return { firstPieceMs: Math.round(performance.now() - started), sample: String(size) };
}

/** What the endpoint says it has; nothing where it does not tell. */
async function modelNames({ http }: Pick<PluginContext, 'http'>, { kind, baseUrl, apiKey }: Check, signal: AbortSignal): Promise<string[]> {
  const headers: Record<string, string> = kind === 'anthropic' ? { 'x-api-key': apiKey ?? '', 'anthropic-version': '2023-06-01' } : apiKey === null ? {} : { Authorization: `Bearer ${apiKey}` };
  try {
    signal.throwIfAborted();
    const answer = await http.fetch(`${baseUrl}/models`, { headers, timeoutMs: 5_000, maxBytes: 1024 * 1024 });
    const { data } = answer.json() as { data?: { id?: unknown }[] };
    return (data ?? []).flatMap(({ id }) => (typeof id === 'string' ? [id.slice(0, 200)] : [])).slice(0, 200);
  } catch {
    return [];
  }
}

const told = (kind: ProblemKind): CheckProblem => (kind === 'cut' ? 'empty' : kind === 'endless' || kind === 'over-budget' || kind === 'too-many-calls' ? 'wrong-format' : kind);
