import { defineManifest, definePlugin, z, type PluginDefinition } from '@plugboard/sdk';
import { conformance, createTestHost } from '@plugboard/sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { fixtures } from '../support/plugins.ts';

const manifest = defineManifest({
  id: 'crm', version: '1.0.0', api: 1, name: 'name', description: 'description', category: 'integration', engines: { plugboard: '>=0.1.0' },
  permissions: ['db:own', 'http:api.crm.test'], settings: [{ key: 'token', type: 'secret', label: 'token' }],
});

const plugin = definePlugin({
  manifest,
  async setup(ctx) {
    const table = ctx.db.table('seen');
    await ctx.hooks.on('contact.created', ({ contactId }) => ctx.jobs.add('push', { contactId }, { id: contactId }));
    await ctx.hooks.filter('reply.outgoing', (reply) => ({ ...reply, text: `${reply.text} --` }));
    await ctx.jobs.define<{ contactId: string }>('push', async ({ contactId }) => {
      await ctx.http.fetch('https://api.crm.test/people', { method: 'POST', body: contactId });
    });
    await ctx.webhooks.receive({
      id: 'events',
      verify: ({ headers }) => headers['x-signature'] === 'right',
      eventId: ({ rawBody }) => new TextDecoder().decode(rawBody),
      async handle({ id }) {
        await ctx.db.run(`CREATE TABLE IF NOT EXISTS ${table} (id TEXT)`);
        await ctx.db.run(`INSERT INTO ${table} VALUES (?)`, [id]);
      },
    });
    await ctx.routes.add({
      method: 'get', path: '/seen/:more', summary: 'What came', access: 'public', params: z.strictObject({ more: z.coerce.number() }),
      handle: async ({ params }) => ({ body: (await ctx.db.query(`SELECT * FROM ${table}`)).length + params.more }),
    });
  },
  async checkSettings({ token }, { http }) {
    try {
      const { status } = await http.fetch('https://api.crm.test/me', { headers: { authorization: String(token) } });
      return status === 200 ? { ok: true } : { ok: false, field: 'token', message: 'refused' };
    } catch {
      return { ok: false, message: 'unreachable' };
    }
  },
});

describe('createTestHost', () => {
  let end: () => Promise<void> = async () => {};
  afterEach(() => end());
  const start = async () => {
    const host = await createTestHost({ plugin, http: ({ url }) => (url.endsWith('/me') ? { status: 200 } : { status: 201, body: { ok: true } }) });
    end = () => host.dispose();
    return host;
  };

  it('fires events, drains the jobs they lead to, and shows what went out', async () => {
    const host = await start();
    await host.fire('contact.created', { contactId: 'c1', brandId: 'b1' });
    await host.fire('contact.created', { contactId: 'c1', brandId: 'b1' });
    expect(host.jobs.waiting).toHaveLength(1);
    expect(await host.jobs.drain()).toBe(1);
    expect(host.requests).toMatchObject([{ method: 'POST', url: 'https://api.crm.test/people', body: 'c1' }]);
  });

  it('takes a webhook once, and only with the right signature', async () => {
    const host = await start();
    expect(await host.webhooks.post('events', { body: 'e1' })).toEqual({ status: 401, isRepeated: false });
    expect(await host.webhooks.post('events', { headers: { 'x-signature': 'right' }, body: 'e1' })).toEqual({ status: 202, isRepeated: false });
    expect(await host.webhooks.post('events', { headers: { 'x-signature': 'right' }, body: 'e1' })).toEqual({ status: 202, isRepeated: true });
    expect(await host.request({ method: 'get', path: '/seen/10' })).toEqual({ body: 11 });
  });

  it('calls routes of the customer\'s keys, vouches, seals, and keeps mails as they were given', async () => {
    const host = await createTestHost({
      plugin: definePlugin({
        manifest: defineManifest({ ...manifest, id: 'vouch', permissions: ['contacts:write', 'email:send'] }),
        async setup(ctx) {
          await ctx.identity.register({ id: 'keys', resolveKey: async (key) => key === 'pb_live_1' ? { brandId: 'b1', allowedOrigins: [] } : null, verifyToken: async () => ({ externalId: 'u1' }) });
          await ctx.emails.template({ id: 'code', label: 'label', audience: 'contact', sample: { code: '123456' } });
          await ctx.routes.add({
            method: 'post', path: '/mail', summary: 'Mail', access: { sdk: 'chat' },
            handle: async ({ sdk }) => ({ body: { sdk, sent: await ctx.emails.send({ template: 'code', to: { address: 'ada@example.org' }, values: { code: '1' }, idempotencyKey: 'k' }) } }),
          });
          await ctx.routes.add({
            method: 'get', path: '/secret', summary: 'Secret', access: 'public',
            async handle() {
              const sealed = await ctx.secrets.seal('quiet', 'here');
              return { body: [sealed.includes('quiet'), await ctx.secrets.open(sealed, 'here'), await ctx.secrets.open(sealed, 'there').catch(() => 'refused')] };
            },
          });
        },
      }) as unknown as PluginDefinition<typeof manifest>,
      mailResult: () => ({ status: 'suppressed', reason: 'limit' }),
    });
    end = () => host.dispose();
    const call = { signal: new AbortController().signal, actor: { type: 'nobody' as const, id: null }, locale: 'en' };
    expect(await host.registered.identities.get('keys')?.resolveKey('pb_live_1', call)).toEqual({ brandId: 'b1', allowedOrigins: [] });
    const sdk = { kind: 'publishable' as const, key: 'pb_live_1', brandId: 'b1' };
    expect(await host.request({ method: 'post', path: '/mail', sdk })).toEqual({ body: { sdk, sent: { status: 'suppressed', reason: 'limit' } } });
    await host.request({ method: 'post', path: '/mail' });
    expect(host.mails).toEqual([{ template: 'code', to: { address: 'ada@example.org' }, values: { code: '1' }, idempotencyKey: 'k' }]);
    expect(await host.request({ method: 'get', path: '/secret' })).toEqual({ body: [false, 'quiet', 'refused'] });
  });

  it('runs filters and Test connection', async () => {
    const host = await start();
    const conversation = { id: 'c', brandId: 'b', departmentId: null, channel: 'chat', contactId: 'p' };
    const reply = { text: 'Hi', kind: 'reply' as const, attachmentIds: [], conversationId: 'c' };
    expect(await host.filter('reply.outgoing', reply, { conversation })).toMatchObject({ text: 'Hi --' });
    expect(await host.checkSettings({ token: 't' })).toEqual({ ok: true });
  });
});

describe('conformance', () => {
  const failing = async (candidate: PluginDefinition<never>, dir?: string): Promise<string[]> => {
    const failed: string[] = [];
    for (const check of conformance(candidate, dir === undefined ? {} : { dir })) await check.run().catch(() => failed.push(check.name));
    return failed;
  };

  for (const check of conformance(plugin)) it(check.name, check.run);

  it('tells of what is left behind, thrown and not translated', async () => {
    const timers: NodeJS.Timeout[] = [];
    const careless = definePlugin({
      manifest: { ...manifest, permissions: ['http:*', 'email:send'] },
      setup: () => void timers.push(setInterval(() => {}, 1_000)),
      async checkSettings(_values, { http }) {
        const answer = await http.fetch('https://api.crm.test/');
        if (answer.status !== 200) throw new Error('no');
        return { ok: true };
      },
    });
    expect(await failing(careless as never, `${fixtures}greeter`)).toEqual([
      'set-up and disposal, twice, leave nothing behind', 'an upstream that answers 500 is told, not thrown', 'an upstream that cannot be reached is told, not thrown',
      'every text is translated', 'every permission is used',
    ]);
    for (const timer of timers) clearInterval(timer);
  });
});
