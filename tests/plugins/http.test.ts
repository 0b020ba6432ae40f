import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOff, switchOn, writePlugin, type Call } from '../support/plugins.ts';

const manifest = manifestOf('shop', {
  permissions: ['contacts:read', 'contacts:write', 'brands:read', 'files:write', 'files:read'],
  abilities: [{ id: 'orders.manage', label: 'ability' }],
  settings: [{ key: 'url', type: 'url', label: 'url' }, { key: 'token', type: 'secret', label: 'token' }],
  claims: [{ path: '/shop.js', whenOff: 'script' }, { path: '/shop', whenOff: 'page', offText: 'off' }],
  surfaces: [{ id: 'app', dir: 'dist/app', path: '/shop/assets' }],
  entry: { server: 'server.ts', admin: 'dist/admin/index.js' },
});

const setup = `
  const { z } = await import('@plugboard/sdk');
  let orders = 0;
  await ctx.routes.add({ method: 'post', path: '/orders', summary: 's', access: { ability: 'orders.manage' }, body: z.strictObject({ name: z.string().max(5) }), handle: ({ body, actor }) => ({ status: 201, body: { n: ++orders, name: body.name, actor } }) });
  await ctx.routes.add({ method: 'get', path: '/me', summary: 's', access: 'contact', handle: ({ contactId, headers }) => ({ body: { contactId, cookie: headers.cookie ?? null } }) });
  await ctx.routes.add({ method: 'post', path: '/session', summary: 's', access: 'public', handle: async () => {
    const [brand] = await ctx.brands.list();
    const contact = await ctx.contacts.create({ brandId: brand.id });
    return { body: { ...(await ctx.contacts.sessions.create(contact.id)), contactId: contact.id } };
  } });
  await ctx.routes.add({ method: 'post', path: '/files', summary: 's', access: 'contact', upload: true, handle: ({ upload }) => ({ body: upload }) });
  await ctx.routes.add({ method: 'get', path: '/files/:id', summary: 's', access: 'contact', handle: ({ params, contactId }) => ({ file: params.id, contactId }) });
  await ctx.routes.add({ method: 'get', path: '/open', summary: 's', access: 'public', cors: true, handle: ({ headers }) => ({ body: { cookie: headers.cookie ?? null }, headers: { 'Set-Cookie': 'a=b', 'Content-Security-Policy': 'none', 'Cache-Control': 'public, max-age=5' } }) });
  await ctx.routes.add({ method: 'get', path: '/away', summary: 's', access: 'public', handle: () => ({ redirect: '//evil.test' }) });
  await ctx.routes.add({ method: 'get', path: '/limited', summary: 's', access: 'public', perMinute: 2, handle: () => ({ body: {} }) });
  await ctx.routes.add({ method: 'get', claim: '/shop.js', path: '', summary: 's', access: 'public', handle: () => ({ script: 'shop()' }) });
  await ctx.routes.add({ method: 'get', claim: '/shop', path: '/:page', summary: 's', access: 'public', handle: ({ params }) => ({ html: '<p>' + params.page, frameAncestors: ["'self'", 'https://a.test', "https://b.test; script-src *"] }) });
  await ctx.panels.register('contact', { id: 'orders', title: 'panel', load: async ({ contactId }) => [{ title: 'panel', blocks: [{ type: 'fields', fields: [{ label: 'count', value: contactId }] }, { type: 'link', text: 'x', url: 'javascript:alert(1)' }] }],
    actions: { refund: { ability: 'orders.manage', run: async ({ values }) => [{ title: 'done', blocks: [{ type: 'text', text: String(values) }] }] } } });
  await ctx.panels.register('contact', { id: 'bad', title: 'panel', load: async () => { throw new Error('no'); } });
`;
const server = `export default { manifest: { id: 'shop' }, async setup(ctx) { ${setup} },
  async checkSettings(values) { return values.token === 'right' ? { ok: true, detail: 'fine' } : { ok: false, field: 'token', message: 'wrong' }; } };`;

describe('what a plugin answers over HTTP', () => {
  let desk: TestDesk;
  let call: Call;
  const get = (path: string, init: RequestInit = {}) => fetch(desk.url + path, { redirect: 'manual', ...init });

  beforeAll(async () => {
    const folder = await pluginFolder();
    await writePlugin(folder, 'shop', { manifest, more: {
      'server.ts': server, 'secret.txt': 'secret', 'dist/app/main-Ab3dEf9h.js': 'export {}', 'dist/app/plain.css': 'p{}', 'dist/admin/index.js': 'export default {}',
      'locales/en.json': JSON.stringify({ shop: 'Shop', off: 'Closed for now', panel: 'Orders', count: 'Contact', done: 'Refunded', fine: 'Connected', wrong: 'The token is wrong', url: 'Address', token: 'Token', ability: 'Manage orders' }),
    } });
    desk = await startDesk({ env: { PLUGBOARD_PLUGIN_PATH: folder } });
    call = await ownerOf(desk.url);
    const [department] = await desk.kernel.db.knex('brands').select('id');
    if (!department) await call('POST', '/api/v1/brands', { name: 'Shop', slug: 'shop' });
    await switchOn(call, 'shop');
  });
  afterAll(() => desk?.stop());

  it('lets nobody but those with the ability through, and checks the body first', async () => {
    const json = { 'Content-Type': 'application/json' };
    expect((await get('/api/plugins/shop/orders', { method: 'POST', headers: json, body: '{"name":"a"}' })).status).toBe(401);
    const { body: roles } = await call('GET', '/api/v1/roles') as unknown as { body: { data: { id: string; key: string }[] } };
    const clerk = { email: 'clerk@desk.test', password: 'a long enough password' };
    await call('POST', '/api/v1/operators', { name: 'Clerk', roleId: roles.data.find(({ key }) => key === 'agent')?.id, ...clerk });
    const asClerk = await get('/api/plugins/shop/orders', { method: 'POST', headers: await desk.signIn(clerk), body: '{"name":"a"}' });
    expect([asClerk.status, await asClerk.json()]).toEqual([403, expect.objectContaining({ code: 'forbidden' })]);
    expect((await call('POST', '/api/plugins/shop/orders', { name: 'far too long' })).body).toMatchObject({ code: 'invalid', errors: [{ path: 'name' }] });
    expect((await call('POST', '/api/plugins/shop/orders', { name: 'a', role: 'x' })).body).toMatchObject({ errors: [{ path: 'role', code: 'unknown_key' }] });
    expect((await call('POST', '/api/plugins/shop/orders', { name: 'a' })).body).toMatchObject({ n: 1, name: 'a', actor: { type: 'operator' } });
    expect((await call('GET', '/api/v1/permissions')).body).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ id: 'shop.orders.manage', label: 'Manage orders' })]) });
  });

  it('runs a POST with an Idempotency-Key once', async () => {
    const headers = { ...(await desk.signIn()), 'Idempotency-Key': 'k1' };
    const post = () => get('/api/plugins/shop/orders', { method: 'POST', headers, body: '{"name":"b"}' });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true']);
    expect(await second.json()).toEqual(await first.json());
  });

  it('knows a contact by its session and keeps files between the two', async () => {
    const open = async () => (await (await get('/api/plugins/shop/session', { method: 'POST' })).json()) as { token: string; contactId: string };
    const [ada, bob] = [await open(), await open()];
    const as = (who: { token: string }, path: string, init: RequestInit = {}) => get(path, { ...init, headers: { Authorization: `Bearer ${who.token}` } });
    expect(await (await as(ada, '/api/plugins/shop/me')).json()).toEqual({ contactId: ada.contactId, cookie: null });
    expect((await get('/api/plugins/shop/me')).status).toBe(401);
    expect((await get('/api/plugins/shop/me', { headers: { Authorization: 'Bearer nonsense' } })).status).toBe(401);
    const form = new FormData();
    form.set('file', new Blob(['hello'], { type: 'text/html' }), 'x.html');
    const upload = await (await as(ada, '/api/plugins/shop/files', { method: 'POST', body: form })).json() as { id: string };
    expect(upload).toMatchObject({ id: expect.any(String), name: 'x.html', size: 5 });
    expect((await as(bob, `/api/plugins/shop/files/${upload.id}`)).status).toBe(404);
  });

  it('sets the headers that guard the browser itself', async () => {
    const open = await get('/api/plugins/shop/open', { headers: { Origin: 'https://a.test', Cookie: 'x=y' } });
    expect(open.headers.get('set-cookie')).toBeNull();
    expect(open.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(open.headers.get('cache-control')).toBe('public, max-age=5');
    expect(open.headers.get('access-control-allow-origin')).toBe('*');
    expect(await open.json()).toEqual({ cookie: null });
    expect((await get('/api/plugins/shop/me')).headers.get('access-control-allow-origin')).toBeNull();
    const page = await get('/shop/cart');
    expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self' https:\/\/a\.test$/);
    expect((await get('/api/plugins/shop/away')).status).toBe(502);
    const preflight = await get('/api/plugins/shop/open', { method: 'OPTIONS', headers: { Origin: 'https://a.test', 'Access-Control-Request-Method': 'GET' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET']);
  });

  it('counts calls by address', async () => {
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await get('/api/plugins/shop/limited')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('serves its built files and nothing beside them', async () => {
    const hashed = await get('/shop/assets/main-Ab3dEf9h.js');
    expect([hashed.status, hashed.headers.get('cache-control'), hashed.headers.get('content-type')]).toEqual([200, 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8']);
    expect((await get('/shop/assets/plain.css')).headers.get('cache-control')).toBe('no-cache');
    for (const path of ['/shop/assets/..%2f..%2fsecret.txt', '/shop/assets/%2e%2e/%2e%2e/secret.txt', '/shop/assets/nothing.js']) expect((await get(path)).status).toBe(404);
    const { data: [module] } = (await call('GET', '/api/v1/plugins/admin-modules')).body as { data: { id: string; url: string }[] };
    expect(module).toMatchObject({ id: 'shop', url: '/api/plugins/shop/admin/1.0.0/index.js' });
    expect((await get(module?.url ?? '')).status).toBe(200);
  });

  it('shows cards, its texts translated, and survives the one that fails', async () => {
    const { contactId } = await (await get('/api/plugins/shop/session', { method: 'POST' })).json() as { contactId: string };
    expect((await call('GET', `/api/v1/panels?contactId=${contactId}`)).body).toMatchObject({ data: [
      { plugin: 'shop', panel: 'orders', title: 'Orders', error: null, cards: [{ title: 'Orders', blocks: [{ type: 'fields', fields: [{ label: 'Contact', value: contactId }] }, { type: 'link', url: '#' }] }] },
      { panel: 'bad', error: 'failed', cards: [] },
    ] });
    expect((await call('POST', '/api/v1/panels/shop/orders/actions/refund', { contactId, values: 12 })).body).toMatchObject({ cards: [{ title: 'Refunded', blocks: [{ text: '12' }] }] });
    for (const action of ['constructor', '__proto__', 'nothing']) expect((await call('POST', `/api/v1/panels/shop/orders/actions/${action}`, { contactId })).status).toBe(404);
    expect((await call('GET', `/api/v1/panels?contactId=${'a'.repeat(26)}`)).status).toBe(404);
  });

  it('tests a connection on values that are not saved', async () => {
    const check = (values: object) => call('POST', '/api/v1/plugins/shop/settings/check', { values });
    expect((await check({ token: 'right' })).body).toEqual({ ok: true, detail: 'Connected' });
    expect((await check({ token: 'other' })).body).toEqual({ ok: false, field: 'token', message: 'The token is wrong' });
    expect((await check({ nothing: 1 })).status).toBe(400);
    const { body } = await call('PUT', '/api/v1/plugins/shop/settings', { values: { url: 'https://a.test', token: 'right' } });
    expect(body).toMatchObject({ fields: [{ label: 'Address' }, { label: 'Token' }], values: { url: 'https://a.test', token: { set: true, last4: null } } });
    expect(JSON.stringify((await call('GET', '/api/v1/audit')).body)).not.toContain('right');
  });

  it('leaves a page a script that does nothing, and a person a word, when it is off', async () => {
    expect(await (await get('/shop.js')).text()).toBe('shop()');
    await switchOff(call, 'shop');
    const script = await get('/shop.js');
    expect([script.status, await script.text(), script.headers.get('content-type'), script.headers.get('access-control-allow-origin')]).toEqual([200, '', 'text/javascript; charset=utf-8', '*']);
    const page = await get('/shop/cart');
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await page.text()).toContain('Closed for now');
    expect((await get('/shop/assets/main-Ab3dEf9h.js')).status).toBe(503);
    expect((await call('GET', '/api/v1/plugins/admin-modules')).body).toEqual({ data: [] });
  });
});
