import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../core/kernel/ids.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';

/** An operator who is signed in visits another site: what that page sends with the operator's cookie does nothing. */
let desk: TestDesk;
let cookie: string;

beforeAll(async () => {
  desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat' } });
  cookie = (await desk.signIn()).Cookie ?? '';
});
afterAll(() => desk.stop());

const call = async (method: string, path: string, headers: Record<string, string>): Promise<string> => {
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' };
  const response = await fetch(`${desk.url}${path}`, { method, headers: { Cookie: cookie, 'Content-Type': 'application/json', ...headers }, ...body });
  const text = await response.text();
  return `${response.status} ${response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as { code?: string }).code : ''}`;
};

it.each<[string, Record<string, string>]>([
  ['a page of another site', { Origin: 'https://evil.example' }],
  ['a page without an origin', { Origin: 'null' }],
  ['a browser that says so', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a browser that says nothing', {}],
])('no route that writes takes the cookie from %s', async (_name, headers) => {
  const writing = desk.routes().filter((route) => route.method !== 'get');
  expect(writing.length).toBeGreaterThan(20);
  for (const route of writing) {
    expect([route.path, await call(route.method.toUpperCase(), route.path.replace(/:\w+/g, () => newId()), headers)]).toEqual([route.path, '403 foreign_origin']);
  }
  expect(await call('POST', '/api/v1/widgets', headers)).toBe('403 foreign_origin');
  expect(await call('GET', '/api/v1/session', {})).toMatch(/^200/);
});

it('no page of another site may read an answer', async () => {
  const response = await fetch(`${desk.url}/api/v1/session`, { headers: { Cookie: cookie, Origin: 'https://evil.example' } });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(response.headers.get('cache-control')).toBe('no-store');
});
