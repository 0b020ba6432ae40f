import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDesk, type TestDesk } from '../support/desk.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'plugins');

describe.each(['sqlite', 'mariadb'] as const)('the switch on %s', (database) => {
  let desk: TestDesk;
  let headers: Record<string, string>;
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(desk.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text.startsWith('{') ? JSON.parse(text) : text) as never };
  };

  beforeAll(async () => {
    desk = await startDesk({ database, env: { PLUGBOARD_PLUGIN_PATH: join(fixtures, 'greeter') } });
    headers = await desk.signIn();
  });
  afterAll(() => desk?.stop());

  it('knows everything of a plugin with its code off', async () => {
    const { body } = await call('GET', '/api/v1/plugins/greeter');
    expect(body).toMatchObject({ name: 'Greeter', desired: 'inactive', phase: 'idle', permissions: ['db:own', 'brands:read'], hasSettings: true, claims: ['/greet'] });
    expect((await call('GET', '/api/plugins/greeter/hello')).status).toBe(503);
  });

  it('asks for consent before it runs anything', async () => {
    const { status, body } = await call('PUT', '/api/v1/plugins/greeter/activation', { active: true, consent: ['db:own'] });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'consent_required', permissions: ['brands:read'] });
  });

  it('is on when the answer comes, in the same process, without a restart', async () => {
    const { status, body } = await call('PUT', '/api/v1/plugins/greeter/activation', { active: true, consent: ['db:own', 'brands:read'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ desired: 'active', phase: 'active', instances: [{ phase: 'active', version: '1.0.0' }] });
    expect((await call('GET', '/api/plugins/greeter/hello?name=Ada')).body).toEqual({ text: 'Hello Ada', visits: 1 });
    expect((await call('GET', '/greet/Bob')).body).toEqual({ text: 'Hello Bob' });
  });

  it('checks what is sent before the plugin sees it, and tells 404 and 405 apart', async () => {
    expect((await call('GET', '/api/plugins/greeter/hello?nme=x')).status).toBe(400);
    expect((await call('POST', '/api/plugins/greeter/hello', {})).status).toBe(405);
    expect((await call('GET', '/api/plugins/greeter/nothing')).status).toBe(404);
    expect((await call('GET', '/api/plugins/nobody/hello')).status).toBe(404);
  });

  it('is gone when it is off, and comes back without a second import', async () => {
    await call('PUT', '/api/v1/plugins/greeter/activation', { active: false });
    const off = await call('GET', '/api/plugins/greeter/hello');
    expect(off.status).toBe(503);
    expect(off.headers.get('retry-after')).toBe('30');
    const page = await call('GET', '/greet/Bob');
    expect(page.status).toBe(503);
    expect(page.body).toContain('Back soon');
    await call('PUT', '/api/v1/plugins/greeter/activation', { active: true });
    expect((await call('GET', '/api/plugins/greeter/hello?name=Ada')).body).toMatchObject({ visits: 2 });
    expect((await call('GET', '/api/plugins/greeter/imports')).body).toEqual({ imports: 1 });
  });

  it('tells what it adds and how it performs', async () => {
    const { body } = await call('GET', '/api/v1/plugins/greeter/health');
    expect(body).toMatchObject({ adds: { claims: ['/greet'], routes: expect.arrayContaining(['GET /api/plugins/greeter/hello']) }, heldJobs: 0 });
  });

  it('leaves its data when it is uninstalled, unless told', async () => {
    expect((await call('DELETE', '/api/v1/plugins/greeter', {})).status).toBe(409);
    await call('PUT', '/api/v1/plugins/greeter/activation', { active: false });
    expect((await call('DELETE', '/api/v1/plugins/greeter', { deleteData: true })).status).toBe(204);
    await call('PUT', '/api/v1/plugins/greeter/activation', { active: true, consent: ['db:own', 'brands:read'] });
    expect((await call('GET', '/api/plugins/greeter/hello?name=Ada')).body).toMatchObject({ visits: 1 });
  });
});
