import { RequestError } from './request-error.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Calls below the widget's address. Rejects with a `RequestError`. */
export interface Http {
  call<T>(method: Method, path: string, body?: unknown, token?: string): Promise<T>;
}

const patience = 20_000;

/** What an answer that isn't a success says of itself. */
export async function problemOf(response: Response): Promise<RequestError> {
  const problem = await response.json().catch(() => null) as Record<string, unknown> | null;
  const code = typeof problem?.code === 'string' ? problem.code : 'internal';
  const retryAfter = Number(response.headers.get('retry-after')) || Number(problem?.retryAfter) || null;
  const details = {
    ...(typeof problem?.triesLeft === 'number' ? { triesLeft: problem.triesLeft } : {}),
    ...(typeof problem?.reason === 'string' ? { reason: problem.reason } : {}),
  };
  return new RequestError(response.status >= 500 ? 'unavailable' : code, retryAfter, details);
}

export class DeskHttp implements Http {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  async call<T>(method: Method, path: string, body?: unknown, token?: string): Promise<T> {
    const response = await fetch(this.#address + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    }).catch(() => { throw new RequestError('unreachable'); });
    if (!response.ok) throw await problemOf(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
