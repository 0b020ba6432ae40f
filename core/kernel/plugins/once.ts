import type { PluginResponse } from '@plugboard/sdk';
import type { Idempotency } from '../http/idempotency.ts';

/** Runs a plugin's POST under its Idempotency-Key: a repeat within a day gets the same JSON answer and runs nothing. */
export async function once(idempotency: Idempotency, request: { scope: string; key: string; body: unknown }, run: () => Promise<PluginResponse>): Promise<PluginResponse> {
  const { keyHash, stored } = await idempotency.begin(request.scope, request.key, request.body);
  if (stored) {
    return { status: stored.status, headers: { 'Idempotent-Replayed': 'true' }, ...(stored.body === null ? {} : { body: JSON.parse(stored.body) as unknown }) };
  }
  try {
    const response = await run();
    if (isJson(response)) await idempotency.finish(keyHash, { status: response.status ?? (response.body === undefined ? 204 : 200), body: response.body === undefined ? null : JSON.stringify(response.body) });
    else await idempotency.forget(keyHash);
    return response;
  } catch (error) {
    await idempotency.forget(keyHash);
    throw error;
  }
}

type JsonResponse = Extract<PluginResponse, { body?: unknown }>;

const isJson = (response: PluginResponse): response is JsonResponse =>
  typeof response === 'object' && response !== null && !['html', 'script', 'stream', 'file', 'redirect'].some((key) => key in response);
