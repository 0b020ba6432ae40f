import type { Problem } from '../../shared/problem.ts';
import { uuid } from '../api/uuid.ts';

/** A request that the desk refused. `problem` is its RFC 9457 document. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly status: number;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
    this.status = problem.status;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
export interface RequestOptions { query?: Query; signal?: AbortSignal }

export interface Api {
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  put<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  patch<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  delete<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
}

/** JSON requests below `base`, as the operator who is signed in. A refusal throws `ApiError`. */
export function createApi(base: string): Api {
  const send = <T>(method: string, path: string, body: unknown, options: RequestOptions = {}) => request<T>(method, `${base}${path}${queryText(options.query)}`, body, options.signal);
  return {
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body = {}, options) => send('POST', path, body, options),
    put: (path, body = {}, options) => send('PUT', path, body, options),
    patch: (path, body = {}, options) => send('PATCH', path, body, options),
    delete: (path, body, options) => send('DELETE', path, body, options),
  };
}

/** Heard on `window` when a request was answered with 401. */
export const sessionEnded = 'plugboard:session-ended';

/** The desk's own REST API. */
export const api = createApi('/api/v1');

async function request<T>(method: string, url: string, body: unknown, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(url, {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'POST' ? { 'Idempotency-Key': uuid() } : {}),
      ...(document.documentElement.lang ? { 'Accept-Language': document.documentElement.lang } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.status === 401) dispatchEvent(new Event(sessionEnded));
  if (!response.ok) throw new ApiError(asProblem(answer, response));
  return answer as T;
}

function asProblem(answer: unknown, response: Response): Problem {
  if (typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer) return answer as Problem;
  return { type: 'about:blank', status: response.status, code: 'unavailable', title: response.statusText || String(response.status), requestId: response.headers.get('X-Request-Id') ?? '' };
}

function queryText(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`;
}
