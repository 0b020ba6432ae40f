import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/databases.ts';
import { keys, startSdkDesk, type SdkDesk } from '../support/sdk-desk.ts';

/** Who gets in at `/api/sdk`, shown on the routes of a plugin. */
describe('the door of /api/sdk', () => {
  let open: SdkDesk;
  beforeAll(async () => { open = await startSdkDesk(); });
  afterAll(() => open?.stop());
  const chat = (key: string | null, headers: Record<string, string> = {}) => open.post('/api/sdk/chat', { message: 'Hi' }, key, headers);

  it('lets pages in with a key that a plugin vouches for', async () => {
    const answer = await chat(keys.acme, { Origin: 'https://anywhere.test' });
    expect(answer).toMatchObject({ status: 200, body: { sdk: { kind: 'publishable', key: keys.acme, brandId: open.brands.acme }, actor: { type: 'nobody', id: null }, contactId: null } });
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('access-control-allow-credentials')]).toEqual(['*', null]);
    expect([answer.headers.get('x-session-id'), answer.headers.get('x-other')]).toEqual(['s1', null]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-session-id');
  });

  it('lets servers in with a key of the desk, and shows the key to no plugin', async () => {
    const { token, id } = await open.serverKey({ brandId: open.brands.other });
    expect(await chat(token)).toMatchObject({ status: 200, body: { sdk: { kind: 'server', brandId: open.brands.other }, actor: { type: 'token', id }, authorization: null } });
  });

  it('lets in nobody else', async () => {
    const operator = await open.desk.signIn();
    const personal = (await open.call('POST', '/api/v1/tokens', { name: 'Mine', scopes: ['*'] })).body as { token: string };
    const revoked = await open.serverKey();
    await open.call('DELETE', `/api/v1/tokens/${revoked.id}`);
    const expired = await open.serverKey({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await open.desk.kernel.db.knex('api_tokens').where({ uid: expired.id }).update({ expires_at: Date.now() - 1 });
    for (const [who, headers] of Object.entries<Record<string, string>>({
      nobody: {}, operator, personal: { Authorization: `Bearer ${personal.token}` }, revoked: { Authorization: `Bearer ${revoked.token}` }, expired: { Authorization: `Bearer ${expired.token}` },
      unknown: { Authorization: 'Bearer pb_live_nobodys' }, invented: { Authorization: `Bearer pb_server_${'a'.repeat(52)}` }, prototype: { Authorization: 'Bearer pb_live___proto__' }, basic: { Authorization: 'Basic cGI6cGI=' },
    })) expect([who, (await chat(null, headers)).status]).toEqual([who, 401]);
    expect((await chat(revoked.token)).body.code).toBe('unauthenticated');
    expect((await chat(keys.broken))).toMatchObject({ status: 503, body: { code: 'identity_unavailable' } });
  });

  it('opens nothing but /api/sdk with its keys', async () => {
    const { token } = await open.serverKey();
    for (const key of [token, keys.acme]) {
      for (const path of ['/api/v1/conversations', '/api/v1/contacts', '/api/v1/tokens', '/api/v1/session']) {
        expect([path, (await fetch(open.desk.url + path, { headers: { Authorization: `Bearer ${key}` } })).status]).toEqual([path, 401]);
      }
    }
  });

  it('asks a server key for its scope', async () => {
    const { token } = await open.serverKey({ scopes: ['identify', 'context', 'tickets'] });
    expect(await chat(token)).toMatchObject({ status: 403, body: { code: 'forbidden', action: 'sdk:chat' } });
  });

  it('refuses a server key that a page sends, says that it leaked, and writes it down', async () => {
    const { token, id } = await open.serverKey();
    const answer = await chat(token, { Origin: 'https://shop.test' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'server_key_in_browser', key: 'Server' } });
    expect(answer.body.title).toMatch(/revoke/i);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    await chat(token, { Origin: 'https://shop.test' });
    const leaks = async () => ((await open.call('GET', '/api/v1/audit')).body as { data: { action: string; object: { id: string } | null }[] }).data.filter(({ action, object }) => action === 'token.leaked' && object?.id === id);
    await eventually('the leak is written down', async () => (await leaks()).length > 0);
    expect(await leaks()).toHaveLength(1);
    // The description of the API tries calls from a page of the desk itself.
    expect((await chat(token, { Origin: open.desk.kernel.config.publicUrl })).status).toBe(200);
  });

  it('holds the pages of a key to its origins', async () => {
    const from = async (origin: string) => (await chat(keys.pinned, { Origin: origin })).status;
    for (const origin of ['https://www.shop.test', 'https://a.b.shop.test', 'https://WWW.shop.test', 'http://localhost:8080']) expect([origin, await from(origin)]).toEqual([origin, 200]);
    for (const origin of ['https://shop.test', 'https://evilshop.test', 'http://www.shop.test', 'https://www.shop.test:8443', 'https://www.shop.test.evil.test', 'http://localhost', 'null', 'nonsense']) {
      expect([origin, await from(origin)]).toEqual([origin, 403]);
    }
    expect((await chat(keys.pinned, { Origin: 'https://evil.test' })).body).toMatchObject({ code: 'origin_not_allowed', origin: 'https://evil.test' });
    // A server says no origin, and could say any.
    expect((await chat(keys.pinned)).status).toBe(200);
  });

  it('answers the question that a browser asks first', async () => {
    const ask = (path: string, method: string) => fetch(open.desk.url + path, { method: 'OPTIONS', headers: { Origin: 'https://a.test', 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': 'authorization,content-type' } });
    const answer = await ask('/api/sdk/chat', 'POST');
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('access-control-allow-methods')]).toEqual([204, '*', 'POST']);
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
    expect((await ask('/api/v1/conversations', 'GET')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('counts the calls of a page by its key and address', async () => {
    const answers = await Promise.all(Array.from({ length: 62 }, () => chat(keys.other)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(2);
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await chat((await open.serverKey()).token)).status).toBe(200);
  });

  it('ends guessing', async () => {
    const ip = { 'X-Forwarded-For': '203.0.113.77' };
    const answers = await Promise.all(Array.from({ length: 70 }, (_, index) => chat(`pb_server_${index}`, ip)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
  });

  it('runs a POST with an Idempotency-Key once for each key of the customer', async () => {
    const [one, two] = [await open.serverKey(), await open.serverKey()];
    const again = { 'Idempotency-Key': 'k' };
    expect((await chat(one.token, again)).headers.get('idempotent-replayed')).toBeNull();
    expect((await chat(one.token, again)).headers.get('idempotent-replayed')).toBe('true');
    expect((await chat(two.token, again)).headers.get('idempotent-replayed')).toBeNull();
  });
});

describe('what a plugin can do besides', () => {
  let open: SdkDesk;
  beforeAll(async () => { open = await startSdkDesk(); });
  afterAll(() => open?.stop());

  it('keeps secrets sealed at their place', async () => {
    const { opened, moved, sealed } = await (await fetch(`${open.desk.url}/api/sdk/chat/secrets`)).json() as Record<string, string>;
    expect([opened, moved]).toEqual(['s3cret', 'refused']);
    expect(sealed).not.toContain('s3cret');
  });

  it('takes a form, or nothing, where it wants no body', async () => {
    const leave = async (init: RequestInit) => (await fetch(`${open.desk.url}/api/sdk/chat/leave`, { method: 'POST', ...init })).json();
    expect(await leave({ body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })).toEqual({ left: true });
    expect(await leave({})).toEqual({ left: true });
    expect(await leave({ body: 'x'.repeat(300_000), headers: { 'Content-Type': 'text/plain' } })).toMatchObject({ code: 'too_large' });
  });

  it('is described, with what opens it', async () => {
    const { paths } = await (await fetch(`${open.desk.url}/api/v1/openapi.json`)).json() as { paths: Record<string, Record<string, { security: unknown; 'x-access': unknown }>> };
    expect(paths['/api/sdk/chat']?.post).toMatchObject({ security: [{ publishableKey: [] }, { serverKey: [] }], 'x-access': { sdk: 'chat' } });
  });
});

describe('a streamed answer', () => {
  let open: SdkDesk;
  beforeAll(async () => { open = await startSdkDesk(); });
  afterAll(() => open?.stop());
  const stream = (kind: string, init: RequestInit = {}) => fetch(`${open.desk.url}/api/sdk/chat/stream/${kind}`, { method: 'POST', headers: { Authorization: `Bearer ${keys.acme}` }, ...init });
  const state = async () => (await fetch(`${open.desk.url}/api/sdk/chat/aborts`)).json() as Promise<{ aborts: string[] }>;

  it('comes as text, piece by piece, with the headers that name it', async () => {
    const answer = await stream('words', { headers: { Authorization: `Bearer ${keys.acme}`, 'Accept-Encoding': 'gzip, br' } });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-session-id'), answer.headers.get('x-handled-by'), answer.headers.get('content-encoding')])
      .toEqual([200, 'text/plain; charset=utf-8', 's1', 'ai', null]);
    expect(await answer.text()).toBe('Hello wörld');
    expect(await (await stream('nothing')).text()).toBe('');
  });

  it('is a problem when it fails before its first piece', async () => {
    const answer = await stream('first');
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: 'model_away' })]);
  });

  it('is cut when it fails later: half a text is never taken for the whole', async () => {
    for (const kind of ['middle', 'rubbish', 'large']) {
      const answer = await stream(kind);
      expect(answer.status).toBe(200);
      await expect(answer.text(), kind).rejects.toThrow();
    }
  });

  it('ends with its reader', async () => {
    const leaving = new AbortController();
    const answer = await stream('endless', { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    await eventually('the plugin heard that nobody reads', async () => (await state()).aborts.includes('return'));
  });
});
