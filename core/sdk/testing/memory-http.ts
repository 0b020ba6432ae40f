import type { HttpApi } from '../index.ts';

export interface TestRequest { method: string; url: string; headers: Record<string, string>; body: string }
export interface TestResponse { status?: number; headers?: Record<string, string>; body?: unknown }
/** Answers a request of the plugin; undefined is a 404. Throw for an upstream that cannot be reached. */
export type TestHttp = (request: TestRequest) => TestResponse | undefined | Promise<TestResponse | undefined>;

/** The outside world as a test wants it; nothing leaves the process. */
export function memoryHttp(answer: TestHttp, permissions: readonly string[], sent: TestRequest[]): HttpApi {
  const api: HttpApi = {
    async stream(url, init = {}) {
      const { status, headers, body } = await api.fetch(url, init);
      return { status, headers, body: (async function* whole() { yield body; })() };
    },
    async fetch(url, init = {}) {
      const { hostname } = new URL(url);
      if (!permissions.some((permission) => coversHost(permission, hostname))) throw new Error(`request refused: the manifest does not name ${hostname}`);
      const body = typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body);
      const request = { method: (init.method ?? 'GET').toUpperCase(), url, headers: init.headers ?? {}, body };
      sent.push(request);
      const response = await answer(request) ?? { status: 404 };
      const text = typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? null);
      return { status: response.status ?? 200, headers: response.headers ?? {}, body: new TextEncoder().encode(text), text: () => text, json: () => JSON.parse(text) as unknown };
    },
  };
  return api;
}

function coversHost(permission: string, host: string): boolean {
  const wanted = /^http:(.+?)(?::\d+)?$/.exec(permission)?.[1];
  if (wanted === undefined) return false;
  return wanted === '*' || (wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted);
}
