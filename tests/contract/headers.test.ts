import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { ownerOf, switchOff, switchOn } from '../support/plugins.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat', PUBLIC_URL: 'https://desk.example' } }); });
afterAll(() => desk.stop());

const read = async (path: string): Promise<Headers> => (await fetch(desk.url + path, { redirect: 'manual' })).headers;
const directives = (headers: Headers): Record<string, string> =>
  Object.fromEntries((headers.get('content-security-policy') ?? '').split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]));

describe('headers by kind of address', () => {
  it.each(['/admin', '/', '/portal/support', '/api/v1/brands', '/healthz', '/widget/website', '/nothing-here'])('%s: nosniff, no referrer to strangers, https only', async (path) => {
    const headers = await read(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
  });

  it.each(['/admin', '/', '/portal/support'])('%s: runs our own scripts and import map only, framed by nobody', async (path) => {
    const policy = directives(await read(path));
    expect(policy).toMatchObject({ 'default-src': "'self'", 'object-src': "'none'", 'base-uri': "'none'", 'form-action': "'self'", 'frame-ancestors': "'none'" });
    // By hash: the import map, and in the help centre what runs before the first paint and the brand's colour.
    for (const name of ['script-src', 'style-src']) expect(policy[name]).toMatch(/^'self'( 'sha256-[A-Za-z0-9+/=]+')?$/);
  });

  it('the widget: the same, but framed by whom its list allows', async () => {
    const headers = await read('/widget/website');
    expect(directives(headers)).toMatchObject({ 'script-src': "'self'", 'style-src': "'self'", 'object-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': '*' });
    expect(headers.get('x-frame-options')).toBeNull();
  });

  it('the loader: for every page, without credentials', async () => {
    const headers = await read('/widget.js');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('the page of a chat that is off: its one style is let through by its hash', async () => {
    const owner = await ownerOf(desk.url);
    await switchOff(owner, 'chat');
    const response = await fetch(`${desk.url}/widget/website`);
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(await response.text()) ?? [];
    expect(response.status).toBe(503);
    expect(directives(response.headers)['style-src']).toBe(`'self' 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    await switchOn(owner, 'chat');
  });

  it('the API: nothing runs, nothing is kept', async () => {
    const headers = await read('/api/v1/conversations');
    expect(directives(headers)).toMatchObject({ 'default-src': "'none'", 'frame-ancestors': "'none'" });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/problem+json');
  });

  it('the session cookie: for this host alone, out of reach of scripts', async () => {
    const response = await fetch(`${desk.url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: 'owner@desk.test', password: 'correct horse battery' }) });
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-pb_session=\S+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
  });
});
