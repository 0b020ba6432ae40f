import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk } from '../../../tests/support/desk.ts';
import type { TestDesk } from '../../../tests/support/desk.ts';
import type { WidgetDto } from '../server/widget.schema.ts';

let desk: TestDesk;
let headers: Record<string, string>;

beforeAll(async () => {
  desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat' } });
  headers = await desk.signIn();
});
afterAll(() => desk.stop());

async function call<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const response = await fetch(`${desk.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
}
const list = async () => (await call<{ data: WidgetDto[]; nextCursor: string | null }>('GET', '/api/v1/widgets')).body;
const first = async () => {
  const [widget] = (await list()).data;
  if (!widget) throw new Error('no widget');
  return widget;
};

test('a brand has its first widget as soon as the chat is on', async () => {
  expect(await first()).toMatchObject({ slug: 'website', key: expect.stringMatching(/^pb_live_[a-z2-7]{32}$/), id: expect.stringMatching(/^[a-z2-7]{26}$/) });
});

test('widgets are made, changed by the field, and deleted', async () => {
  const { brandId } = await first();
  const made = await call<WidgetDto>('POST', '/api/v1/widgets', { name: 'Shop Österreich', brandId });
  expect(made).toMatchObject({ status: 201, body: { slug: 'shop-osterreich', appearance: { mode: 'system' } } });
  const changed = await call<WidgetDto>('PATCH', `/api/v1/widgets/${made.body.id}`, { appearance: { mode: 'dark' }, welcomeMessage: 'Servus!' });
  expect(changed.body).toMatchObject({ welcomeMessage: 'Servus!', appearance: { mode: 'dark', type: 'popup' }, name: 'Shop Österreich' });
  expect((await call('DELETE', `/api/v1/widgets/${made.body.id}`)).status).toBe(204);
  expect((await call('GET', `/api/v1/widgets/${made.body.id}`)).status).toBe(404);
});

test('a slug that is taken is refused by name', async () => {
  const { brandId } = await first();
  expect(await call('POST', '/api/v1/widgets', { name: 'Other', brandId, slug: 'website' })).toMatchObject({ status: 409, body: { code: 'slug_taken' } });
});

test('brands and departments that are not there are refused', async () => {
  const { brandId } = await first();
  const nobody = 'a'.repeat(26);
  expect((await call('POST', '/api/v1/widgets', { name: 'X', brandId: nobody })).status).toBe(400);
  expect((await call('POST', '/api/v1/widgets', { name: 'X', brandId, conversationButtons: [{ id: 'a', departmentId: nobody }] })).status).toBe(400);
});

test('nobody else configures widgets', async () => {
  expect((await fetch(`${desk.url}/api/v1/widgets`)).status).toBe(401);
});

test('the public configuration is in the visitor\'s language, cached, and tells no more than it must', async () => {
  const url = `${desk.url}/api/sdk/config?widget=website`;
  const german = await fetch(url, { headers: { 'accept-language': 'de-AT, en;q=0.5' } });
  expect(await german.json()).toMatchObject({ slug: 'website', locale: 'de', dir: 'ltr', texts: { open: 'Chat öffnen' } });
  const etag = german.headers.get('etag') ?? '';
  expect((await fetch(url, { headers: { 'accept-language': 'de-AT, en;q=0.5', 'if-none-match': etag } })).status).toBe(304);
  expect(german.headers.get('access-control-allow-origin')).toBe('*');
  expect(await (await fetch(`${url}&locale=ar`)).json()).toMatchObject({ locale: 'ar', dir: 'rtl' });
  expect((await fetch(`${desk.url}/api/sdk/config?widget=nowhere`)).status).toBe(404);
  expect((await fetch(`${desk.url}/api/sdk/config`)).status).toBe(404);
});

test('only the allowed origins may frame a widget', async () => {
  const { id } = await first();
  const policy = async () => (await fetch(`${desk.url}/widget/website`)).headers.get('content-security-policy') ?? '';
  expect(await policy()).toContain('frame-ancestors *');
  await call('PATCH', `/api/v1/widgets/${id}`, { allowedOrigins: ['https://*.example.com'] });
  expect(await policy()).toContain("frame-ancestors 'self' https://*.example.com");
});

test('a session is a bearer token; files need one', async () => {
  const response = await fetch(`${desk.url}/widget/website/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(response.status).toBe(201);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.getSetCookie()).toEqual([]);
  const file = `${desk.url}/widget/website/files/${'a'.repeat(26)}`;
  expect((await fetch(file)).status).toBe(401);
  const { token } = await response.json() as { token: string };
  expect((await fetch(file, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
});

test('off, the page says so politely and the script is empty', async () => {
  await call('PUT', '/api/v1/plugins/chat/activation', { active: false });
  const page = await fetch(`${desk.url}/widget/website`, { headers: { 'accept-language': 'de' } });
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('Unser Chat ist gerade geschlossen.');
  expect(await (await fetch(`${desk.url}/widget.js`)).text()).toBe('');
  expect((await fetch(`${desk.url}/api/sdk/config?widget=website`)).status).toBe(503);
});
