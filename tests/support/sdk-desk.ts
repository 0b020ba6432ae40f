import { startDesk, type TestDesk } from './desk.ts';
import type { Engine } from './databases.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin, type Call } from './plugins.ts';

/** Keys of the made-up identity provider. Tokens are base64url JSON behind the name of the key that signed them. */
export const keys = { acme: 'pb_live_acme', other: 'pb_live_other', pinned: 'pb_live_pinned', broken: 'pb_live_broken' } as const;

/** A token as the customer's server would sign it for the widget of `key`. */
export const userToken = (key: string, identity: Record<string, unknown>): string => `${key}.${Buffer.from(JSON.stringify(identity)).toString('base64url')}`;

const setup = `
  const { PluginError, z } = await import('@plugboard/sdk');
  const brandOf = async (slug) => (await ctx.brands.get(slug)).id;
  const keys = { pb_live_acme: ['acme', []], pb_live_other: ['other', []], pb_live_pinned: ['acme', ['https://*.shop.test', 'http://localhost:8080']] };
  await ctx.identity.register({
    id: 'fake',
    async resolveKey(key) {
      if (key === 'pb_live_broken') throw new Error('the table is away');
      const found = Object.hasOwn(keys, key) ? keys[key] : null;
      return found && { brandId: await brandOf(found[0]), allowedOrigins: found[1] };
    },
    async verifyToken({ key, token }) {
      const [signer, payload] = token.split('.');
      const identity = signer === key ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : null;
      if (!identity || identity.exp < Date.now()) throw new PluginError('identity_invalid', 403);
      return identity;
    },
  });
  const aborts = [];
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const streams = {
    async *words() { yield 'Hello '; yield ''; yield 'wörld'; },
    async *nothing() {},
    async *first() { throw new PluginError('model_away', 503); },
    async *middle() { yield 'half '; await pause(20); throw new Error('cut'); },
    async *rubbish() { yield 'a'; yield { text: 'b' }; },
    async *large() { for (;;) yield 'x'.repeat(64 * 1024); },
    async *endless(signal) {
      try { for (let n = 0; ; n += 1) { yield n + ' '.repeat(1024); if (signal.aborted) aborts.push('signal'); await pause(5); } } finally { aborts.push('return'); }
    },
  };
  const claim = '/api/sdk/chat';
  await ctx.routes.add({ method: 'post', claim, path: '', summary: 'Echo', access: { sdk: 'chat' }, body: z.strictObject({ message: z.string() }), response: z.strictObject({}), perMinute: 60,
    handle: ({ body, sdk, actor, contactId, headers }) => ({ body: { message: body.message, sdk, actor, contactId, authorization: headers.authorization ?? null }, headers: { 'X-Session-Id': 's1', 'X-Other': 'no' } }) });
  await ctx.routes.add({ method: 'post', claim, path: '/stream/:kind', summary: 'Stream', access: { sdk: 'chat' },
    handle: ({ params }, { signal }) => ({ stream: streams[params.kind](signal), headers: { 'X-Session-Id': 's1', 'X-Handled-By': 'ai' } }) });
  await ctx.routes.add({ method: 'get', claim, path: '/aborts', summary: 'What ended', access: 'public', handle: () => ({ body: { aborts } }) });
  await ctx.routes.add({ method: 'post', claim, path: '/leave', summary: 'Unsubscribe', access: 'public', handle: ({ body }) => ({ body: { left: body === undefined } }) });
  await ctx.routes.add({ method: 'get', claim, path: '/secrets', summary: 'Secrets', access: 'public', async handle() {
    const sealed = await ctx.secrets.seal('s3cret', 'widget:1');
    return { body: { sealed, opened: await ctx.secrets.open(sealed, 'widget:1'), moved: await ctx.secrets.open(sealed, 'widget:2').catch(() => 'refused') } };
  } });
`;

export interface SdkDesk {
  desk: TestDesk;
  call: Call;
  brands: { acme: string; other: string };
  /** Makes a server key; answers it with its id. */
  serverKey(options?: { scopes?: string[]; brandId?: string | null; expiresAt?: string | null }): Promise<{ id: string; token: string }>;
  /** `POST` as JSON, without what `fetch` adds for a browser. */
  post(path: string, body: unknown, key?: string | null, headers?: Record<string, string>): Promise<SdkAnswer>;
  stop(): Promise<void>;
}
/** What answers and refusals of `/api/sdk` may hold; each test says what it expects of them. */
export interface SdkBody {
  ok: boolean; verified: boolean; created: boolean; contact_id: string; session_id: string; conversation_id: string; ticket_id: string; number: string;
  code: string; title: string; limit: string; errors: { path: string; code: string; message: string }[];
}
export interface SdkAnswer { status: number; headers: Headers; body: SdkBody }

/** A desk with two brands and a plugin that vouches for publishable keys. */
export async function startSdkDesk(engine: Engine = 'sqlite'): Promise<SdkDesk> {
  const folder = await pluginFolder();
  await writePlugin(folder, 'vouch', {
    manifest: manifestOf('vouch', { permissions: ['contacts:write', 'brands:read'], claims: [{ path: '/api/sdk/chat' }] }), setup,
    more: { 'locales/en.json': '{"vouch":"Vouch"}' },
  });
  const desk = await startDesk({ database: engine, env: { PLUGBOARD_PLUGIN_PATH: folder } });
  const call = await ownerOf(desk.url);
  const brand = async (slug: string) => {
    const { data } = (await call('GET', '/api/v1/brands')).body as { data: { id: string; slug: string }[] };
    return data.find((known) => known.slug === slug)?.id ?? ((await call('POST', '/api/v1/brands', { name: slug, slug })).body as { id: string }).id;
  };
  const brands = { acme: await brand('acme'), other: await brand('other') };
  const switched = await switchOn(call, 'vouch');
  if (switched.status >= 300) throw new Error(`the plugin was not switched on: ${JSON.stringify(switched.body)}`);
  return {
    desk, call, brands,
    async serverKey({ scopes = ['identify', 'context', 'chat', 'tickets'], brandId = null, expiresAt = null } = {}) {
      const made = await call('POST', '/api/v1/tokens', { name: 'Server', kind: 'server', brandId, scopes, expiresAt });
      if (made.status !== 201) throw new Error(`the key was not made: ${JSON.stringify(made.body)}`);
      return made.body as { id: string; token: string };
    },
    async post(path, body, key = null, headers = {}) {
      const response = await fetch(desk.url + path, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(key === null ? {} : { Authorization: `Bearer ${key}` }), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: (/^[{[]/.test(text) ? JSON.parse(text) : text) as SdkBody };
    },
    stop: () => desk.stop(),
  };
}
