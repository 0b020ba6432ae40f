import type { HttpApi } from '@plugboard/sdk';
import type { EmbeddingModel, LanguageModel } from 'ai';
import { guardedFetch } from './guarded-fetch.ts';
import { limits } from './model-limits.ts';
import type { Connection } from './model.schema.ts';

export interface Endpoint { kind: Connection['kind']; baseUrl: string; apiKey: string | null }

const bounds = { idleMs: limits.idleMs, wholeMs: limits.turnMs, maxBytes: limits.answerBytes };

/** A model of the library, speaking through the guarded client. The libraries are big: they load with the first use. */
export async function languageModel(http: HttpApi, endpoint: Endpoint, model: string): Promise<LanguageModel> {
  const fetch = guardedFetch(http, bounds);
  if (endpoint.kind === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    // Without a key the library would look for one in the environment.
    return createAnthropic({ baseURL: endpoint.baseUrl, apiKey: endpoint.apiKey ?? 'none', fetch })(model);
  }
  return (await compatible(endpoint, fetch)).chatModel(model);
}

export async function embeddingModel(http: HttpApi, endpoint: Endpoint, model: string): Promise<EmbeddingModel> {
  return (await compatible(endpoint, guardedFetch(http, { ...bounds, maxBytes: limits.embeddingBytes }))).textEmbeddingModel(model);
}

async function compatible({ baseUrl, apiKey }: Endpoint, fetch: typeof globalThis.fetch) {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({ name: 'endpoint', baseURL: baseUrl, includeUsage: true, fetch, ...(apiKey === null ? {} : { apiKey }) });
}
