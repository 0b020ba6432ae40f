import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOff, switchOn, writePlugin, type Call } from '../support/plugins.ts';

/** What the plugins of this file tell the test: they run in its process. */
const told = globalThis as unknown as { told: Record<string, unknown[]> };
const heard = (name: string): unknown[] => (told.told[name] ??= []);
const tell = (name: string, what: string): string => `(globalThis.told['${name}'] ??= []).push(${what});`;

const diary = `
  await ctx.hooks.on('plugin.activated', async (event, call) => { ${tell('events', '{ ...event, actor: call.actor.type }')} });
  await ctx.jobs.define('slow', async ({ n }) => { ${tell('started', 'n')} while (!globalThis.told.go) await new Promise((r) => setTimeout(r, 5)); ${tell('done', 'n')} });
  await ctx.jobs.cron('tick', '* * * * * *', async () => { ${tell('ticks', 'Date.now()')} });
  await ctx.routes.add({ method: 'post', path: '/jobs/:n', summary: 's', access: 'public', handle: async ({ params }) => { await ctx.jobs.add('slow', { n: params.n }, { id: params.n }); return { body: {} }; } });
  await ctx.webhooks.receive({
    id: 'events',
    verify: ({ headers }) => headers['x-signature'] === 'right',
    eventId: ({ rawBody }) => JSON.parse(new TextDecoder().decode(rawBody)).id,
    handle: async ({ id, rawBody }) => { ${tell('webhooks', "id + ' ' + rawBody.length")} },
  });
  await ctx.routes.add({ method: 'get', path: '/address', summary: 's', access: 'public', handle: async () => ({ body: { url: await ctx.webhooks.url('events') } }) });
  await ctx.panels.register('contact', { id: 'card', title: 'title', load: async () => [] });
  await ctx.hooks.filter('message.incoming', (value) => ({ ...value, text: value.text + ' diary' }), { priority: 20 });
  await ctx.hooks.guard('operator.sign-in', () => undefined);
`;

describe.each(['sqlite', 'mariadb'] as const)('a plugin lives on %s', (database) => {
  let desk: TestDesk;
  let call: Call;
  let folder: string;
  beforeAll(async () => {
    told.told = {};
    folder = await pluginFolder();
    await writePlugin(folder, 'diary', { manifest: manifestOf('diary'), setup: diary, more: { 'locales/en.json': '{ "title": "Card", "no": "Not today" }' } });
    await writePlugin(folder, 'before', { manifest: manifestOf('before'), setup: "await ctx.hooks.filter('message.incoming', (value) => ({ ...value, text: value.text + ' before' }), { priority: 1 });" });
    await writePlugin(folder, 'refuses', { manifest: manifestOf('refuses'), setup: "await ctx.hooks.guard('message.accept', () => ({ deny: 'no' }));", more: { 'locales/en.json': '{ "no": "Not today" }', 'locales/de.json': '{ "no": "Heute nicht" }' } });
    await writePlugin(folder, 'broken', { manifest: manifestOf('broken'), more: { 'server.ts': "throw new Error('thrown at load');" } });
    await writePlugin(folder, 'stuck', { manifest: manifestOf('stuck'), setup: "throw new Error('thrown in setup');" });
    await writePlugin(folder, 'gone', { manifest: manifestOf('gone') });
    desk = await startDesk({ database, env: { PLUGBOARD_PLUGIN_PATH: folder } });
    call = await ownerOf(desk.url);
    await switchOn(call, 'diary');
  });
  afterAll(() => desk?.stop());

  it('hears of events after commit, with the actor, once for each', async () => {
    await switchOn(call, 'before');
    await eventually('the event arrives', () => heard('events').some((event) => (event as { pluginId: string }).pluginId === 'before'));
    expect(heard('events').at(-1)).toMatchObject({ pluginId: 'before', eventId: expect.any(String), occurredAt: expect.any(String), actor: 'operator' });
    expect(heard('events').at(-1)).not.toHaveProperty('$origin');
  });

  it('shares a filter with another, in the order of their priorities', async () => {
    const value = { text: 'text', kind: 'reply' as const, attachmentIds: [], brandId: 'b'.repeat(26), departmentId: null, channel: 'chat' };
    const filtered = await desk.kernel.hooks.filter('message.incoming', value, { conversationId: null, contactId: 'c' }, { type: 'nobody', id: null });
    expect(filtered.text).toBe('text before diary');
  });

  it('says no in the language of who asks', async () => {
    await switchOn(call, 'refuses');
    const input = { text: 't', kind: 'reply' as const, attachmentIds: [], brandId: 'b', departmentId: null, channel: 'chat', contactId: 'c' };
    const ask = (locale: string) => desk.kernel.hooks.guard('message.accept', input, { type: 'nobody', id: null }, locale);
    expect(await ask('de')).toEqual({ allowed: false, reason: 'Heute nicht', pluginId: 'refuses' });
    expect(await ask('ar')).toMatchObject({ reason: 'Not today' });
    await switchOff(call, 'refuses');
    expect(await ask('de')).toEqual({ allowed: true });
  });

  it('takes a webhook once however often it comes, and holds it while it is off', async () => {
    const { url } = (await call('GET', '/api/plugins/diary/address')).body as { url: string };
    const post = (id: string, signature = 'right', to = url) => fetch(to, { method: 'POST', headers: { 'x-signature': signature }, body: JSON.stringify({ id }) }).then((response) => response.status);
    expect(await post('e1', 'wrong')).toBe(401);
    expect(await Promise.all(Array.from({ length: 20 }, () => post('e1')))).toEqual(Array.from({ length: 20 }, () => 202));
    await eventually('it is handled', () => heard('webhooks').length > 0);
    expect(heard('webhooks')).toEqual(['e1 11']);
    expect(await post('e2', 'right', url.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe(404);
    expect(await post('e3', 'right', url.replace('diary', 'before'))).toBe(404);
    await switchOff(call, 'diary');
    expect(await post('e4')).toBe(503);
    await switchOn(call, 'diary');
  });

  it('finishes the job that runs and holds the one that waits when it is switched off', async () => {
    await call('POST', '/api/plugins/diary/jobs/1', {});
    await eventually('the job runs', () => heard('started').length === 1);
    const off = switchOff(call, 'diary');
    await eventually('it closes', () => desk.plugins.active('diary') === undefined);
    expect((await call('GET', '/api/plugins/diary/address')).status).toBe(503);
    (told.told as unknown as { go: boolean }).go = true;
    expect((await off).status).toBe(200);
    expect(heard('done')).toEqual(['1']);
    await desk.kernel.jobs.add('plugin:diary:slow', { data: { n: '2' }, depth: 0 });
    // Jobs of others go on, each second. Nothing of the plugin's is taken up, tried in vain or put in line meanwhile.
    const own = async () => ({
      jobs: await desk.kernel.db.knex('jobs').where('name', 'like', 'plugin:diary:%').select('name', 'attempts'),
      schedules: await desk.kernel.db.knex('schedules').where('name', 'like', 'plugin:diary:%').select('name', 'last_tick'),
    });
    const before = await own();
    let probes = 0;
    const end = desk.kernel.jobs.schedule('probe', '* * * * * *', async () => { probes += 1; });
    await eventually('two more seconds have passed', () => probes >= 2);
    await end();
    expect(await own()).toEqual(before);
    expect(before.jobs).toContainEqual({ name: 'plugin:diary:slow', attempts: 0 });
    expect(before.schedules).toHaveLength(1);
    expect((await call('GET', '/api/v1/plugins/diary/health')).body).toMatchObject({ heldJobs: before.jobs.length });
    await switchOn(call, 'diary');
    await eventually('the held job runs', () => heard('done').length === 2);
  });

  it('takes part in the description of the API while it is on', async () => {
    const paths = async () => Object.keys(((await call('GET', '/api/v1/openapi.json')).body as { paths: object }).paths);
    expect(await paths()).toContain('/api/plugins/diary/address');
    const { body } = await call('GET', '/api/v1/plugins/hooks');
    expect((body as { data: { name: string; listeners: string[] }[] }).data.find(({ name }) => name === 'message.incoming')?.listeners).toEqual(['before', 'diary']);
  });

  it.each([['broken', 'import', 'thrown at load'], ['stuck', 'setup', 'thrown in setup']])('%s: fails at %s, is named, and the answer says so', async (id, stage, message) => {
    const { status, body } = await switchOn(call, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ desired: 'active', phase: 'failed', instances: [{ phase: 'failed', stage, error: expect.stringContaining(message) }] });
    const health = (await call('GET', `/api/v1/plugins/${id}/health`)).body as { errors: { message: string; stack: string }[] };
    expect(health.errors[0]?.stack).toContain(id);
    expect((await switchOff(call, id)).body).toMatchObject({ phase: 'idle' });
  });

  it('comes up after it was mended, without a restart', async () => {
    await switchOn(call, 'broken');
    await writePlugin(folder, 'broken', { manifest: manifestOf('broken') });
    await switchOff(call, 'broken');
    expect((await switchOn(call, 'broken')).body).toMatchObject({ phase: 'active' });
  });

  it('runs on when another version takes its place in the folder, and never runs old code as the new version', async () => {
    await writePlugin(folder, 'before', { manifest: manifestOf('before', { version: '2.0.0' }) });
    await desk.plugins.reconcile();
    expect((await call('GET', '/api/v1/plugins/before')).body).toMatchObject({ phase: 'active', version: '1.0.0' });
    await switchOff(call, 'before');
    expect((await switchOn(call, 'before')).body).toMatchObject({ phase: 'failed', instances: [{ error: expect.stringContaining('starts with the next restart') }] });
  });

  it('loads a new version from a new folder', async () => {
    const installed = join(desk.dataDir, 'plugins', 'grows');
    const answering = (text: string) => `await ctx.routes.add({ method: 'get', path: '/v', summary: 's', access: 'public', handle: () => ({ body: { v: '${text}' } }) });`;
    await writePlugin(installed, '1.0.0-aaaaaaaa', { manifest: manifestOf('grows'), setup: answering('one') });
    await switchOn(call, 'grows');
    expect((await call('GET', '/api/plugins/grows/v')).body).toEqual({ v: 'one' });
    await writePlugin(installed, '1.1.0-bbbbbbbb', { manifest: manifestOf('grows', { version: '1.1.0', permissions: ['email:send'] }), setup: answering('two') });
    await desk.plugins.reconcile();
    expect((await call('GET', '/api/plugins/grows/v')).body).toEqual({ v: 'one' });
    expect((await call('PUT', '/api/v1/plugins/grows/activation', { active: true })).body).toMatchObject({ code: 'consent_required' });
    expect((await call('PUT', '/api/v1/plugins/grows/activation', { active: true, consent: ['email:send'] })).body).toMatchObject({ version: '1.1.0', phase: 'active' });
    expect((await call('GET', '/api/plugins/grows/v')).body).toEqual({ v: 'two' });
  });

  it('is missing, and nothing worse, when its folder goes', async () => {
    await switchOn(call, 'gone');
    await rm(join(folder, 'gone'), { recursive: true });
    await desk.plugins.reconcile();
    expect((await call('GET', '/api/v1/plugins/gone')).body).toMatchObject({ phase: 'missing', desired: 'active' });
    expect((await call('GET', '/api/plugins/gone/x')).status).toBe(503);
    expect((await switchOff(call, 'gone')).status).toBe(200);
  });
});
