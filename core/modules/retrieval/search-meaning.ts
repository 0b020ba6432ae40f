import type { ActionContext, Kernel } from '../../kernel/context.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { startEmbedding } from './embed-passages.ts';
import type { Reach } from './passage.queries.ts';
import { nearestPassages } from './vector-cache.ts';

/** Passages by what they mean: their ids with how alike they are to the question, best first. */
export type ByMeaning = ReadonlyMap<number, number>;

/** A model that takes longer is not waited for: words alone answer then. */
const queryMs = 1_500;
const mostNear = 40;
const longestQuery = 2_000;

/** The model that this process has last asked for to read the passages, by desk. */
const asked = new WeakMap<Kernel['db'], string>();

export async function searchMeaning(ctx: ActionContext, model: EmbeddingModel, query: string, reach: Reach, generation: number): Promise<ByMeaning> {
  const { kernel } = ctx;
  try {
    if (asked.get(kernel.db) !== model.key) {
      await startEmbedding(kernel, model);
      asked.set(kernel.db, model.key);
    }
    const signal = AbortSignal.timeout(queryMs);
    const [vector] = await Promise.race([model.embed([query.slice(0, longestQuery)], signal), ended(signal)]);
    if (!vector) return new Map();
    const near = await nearestPassages(kernel.db, model.key, generation, reach, vector, mostNear);
    return new Map(near.filter(({ likeness }) => likeness > 0).map(({ id, likeness }) => [id, likeness]));
  } catch (error) {
    ctx.log.warn({ err: error }, 'the embedding model did not answer; words alone are searched');
    return new Map();
  }
}

const ended = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => {
  signal.addEventListener('abort', () => reject(signal.reason instanceof Error ? signal.reason : new Error('out of time')), { once: true });
});
