import type { ProviderCall } from '@plugboard/sdk';
import type { Providers } from '../../kernel/plugins/providers.ts';

/** The model that turns texts into numbers, where a plugin brings one and it is set up. */
export interface EmbeddingModel {
  /** Changes with the model: vectors of another one cannot be compared. */
  readonly key: string;
  embed(texts: string[], signal: AbortSignal): Promise<Float32Array[]>;
}

/** How long the answer of a provider about its model is remembered, so that a search does not ask each time. */
const rememberedMs = 2_000;
const describeMs = 1_000;
const longestKey = 200;

const callWith = (signal: AbortSignal): ProviderCall => ({ signal, actor: { type: 'system', id: null }, locale: 'en' });

/** Answers the model that is set up now, or null. Without a provider this costs one look into a map. */
export function embeddingModels(providers: () => Providers): () => Promise<EmbeddingModel | null> {
  let remembered: { provider: unknown; at: number; model: EmbeddingModel | null } | undefined;
  return async () => {
    const found = providers().list('model').find(({ provider }) => provider.kind === 'embedding' && provider.embed !== undefined);
    if (!found) return null;
    const { provider, id } = found;
    if (remembered?.provider === provider && Date.now() - remembered.at < rememberedMs) return remembered.model;
    const described = provider.describe ? await provider.describe(callWith(AbortSignal.timeout(describeMs))).catch(() => null) : { name: id };
    const model = described ? { key: `${id}:${described.name}`.slice(0, longestKey), embed: embedWith(provider.embed?.bind(provider)) } : null;
    remembered = { provider, at: Date.now(), model };
    return model;
  };
}

type Embed = (texts: string[], call: ProviderCall) => Promise<number[][]>;

const embedWith = (embed: Embed | undefined) => async (texts: string[], signal: AbortSignal): Promise<Float32Array[]> => {
  const vectors = await embed?.(texts, callWith(signal));
  const [first] = vectors ?? [];
  if (!Array.isArray(vectors) || vectors.length !== texts.length || !first?.length) throw new Error('the embedding model did not answer one vector for each text');
  if (vectors.some((vector) => vector.length !== first.length || vector.some((value) => !Number.isFinite(value)))) throw new Error('the embedding model answered vectors that do not fit each other');
  return vectors.map(toUnit);
};

/** Of length one, so that a product tells how alike two are. */
function toUnit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / length);
}
