import type { HttpApi } from '@plugboard/sdk';
import { ModelProblem } from './model-problem.ts';

export interface FetchBounds { idleMs: number; wholeMs: number; maxBytes: number }

const withoutBody = new Set([204, 205, 304]);

/**
 * `fetch` as the model libraries want it, over the desk's guarded client: no host of the inside unless the installation
 * allows it, bounded in size and time. An endpoint that was asked for a stream and answers a whole is told so.
 */
export function guardedFetch(http: HttpApi, { idleMs, wholeMs, maxBytes }: FetchBounds): typeof fetch {
  return async (input, init = {}) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const body = typeof init.body === 'string' ? init.body : undefined;
    const { status, headers, body: pieces } = await http.stream(url, {
      method: init.method ?? 'GET', headers: Object.fromEntries(new Headers(init.headers)), ...(body === undefined ? {} : { body }), idleMs, timeoutMs: wholeMs, maxBytes,
      ...(init.signal ? { signal: init.signal } : {}),
    });
    const type = headers['content-type'] ?? '';
    if (status === 200 && body?.includes('"stream":true')) {
      if (type.includes('json')) throw new ModelProblem('no-streaming', type);
      if (type.includes('html')) throw new ModelProblem('wrong-format', type);
    }
    return new Response(withoutBody.has(status) ? null : ReadableStream.from(pieces) as never, { status, headers });
  };
}
