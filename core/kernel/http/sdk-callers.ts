import { serverScopes, type IdentityProvider, type SdkCaller, type ServerScope, type VerifiedIdentity } from '@plugboard/sdk';
import type { Context } from 'koa';
import { AppError, forbidden, unavailable } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { isAllowedOrigin } from './allowed-origins.ts';
import { addressPrefix, RateLimits } from './rate-limit.ts';
import type { HttpState } from './state.ts';

/** A server key as its keeper knows it. */
export interface ServerKey { id: string; name: string; brandId: string | null; scopes: readonly string[] }

/** Who calls `/api/sdk`, and under what its calls are counted and its repeats are known. */
export interface SdkCall {
  caller: SdkCaller;
  /** Of a server key. */
  serverKeyId: string | null;
  /** Of a publishable key: who the customer's own token names. Throws 403 for one that is not to be believed. */
  verifyToken: ((token: string) => Promise<VerifiedIdentity>) | null;
  /** Of a publishable key: nobody writes with it who did not prove who they are. */
  requiresProof: boolean;
  /** Never holds a secret. Everybody can read a publishable key: its callers are told apart by their address. */
  scope: string;
}

export interface SdkCallersDeps {
  log: Log;
  publicUrl(): string;
  identities(): readonly { pluginId: string; provider: IdentityProvider }[];
  serverKey(token: string): Promise<ServerKey | null>;
  /** A page of another origin sent a server key: everybody who opens that page can read it. */
  onLeak(key: ServerKey, origin: string): void;
}

export const publishablePrefix = 'pb_live_';
export const serverKeyPrefix = 'pb_server_';
/** Calls a minute that one address may make at `/api/sdk`, whatever the key. */
const perAddress = 1_200;
/** Keys that were refused, a minute and address: nobody tries keys here. */
const refusedPerAddress = 60;
/** A customer's server speaks for all of its users. */
const perServerKey = 1_200;
const verifyMs = 5_000;

const sdkProblem = (status: number, code: string): AppError => new AppError(status, code, {}, status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {});
const nobodys = (): AppError => sdkProblem(401, 'unauthenticated');

/** Headers with which a page of another origin may read the answer, refusals too. */
export function openToPages(ctx: Context): void {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Access-Control-Expose-Headers', 'x-request-id, x-session-id, x-conversation-id, x-handled-by, retry-after, idempotent-replayed');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
}

/** Answers OPTIONS for an address that pages of other origins may call. */
export function answerPages(ctx: Context, method: string): void {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Access-Control-Allow-Methods', method.toUpperCase());
  ctx.set('Access-Control-Allow-Headers', 'authorization, content-type, idempotency-key');
  ctx.set('Access-Control-Max-Age', '600');
  ctx.status = 204;
}

/**
 * The one door of `/api/sdk`, for the desk's own routes and for those of plugins. A page comes with a publishable key,
 * which an identity provider vouches for; a customer's server with a server key. Nobody else gets in: neither an operator's
 * cookie nor a personal token.
 */
export class SdkCallers {
  readonly #deps: SdkCallersDeps;
  readonly #limits = new RateLimits();

  constructor(deps: SdkCallersDeps) { this.#deps = deps; }

  /** Who calls, once the key is good for `scope` and its calls are within `perMinute` (pages: by key and address). Throws a refusal. */
  async admit(ctx: Context & { state: HttpState }, scope: ServerScope, route: { name: string; perMinute: number }): Promise<SdkCall> {
    const address = addressPrefix(ctx.state.ip);
    await this.#limits.take('sdk', address, perAddress);
    const call = await this.#resolve(ctx, scope).catch(async (error: unknown) => {
      if (error instanceof AppError && error.status === 401) await this.#limits.take('sdk.refused', address, refusedPerAddress);
      throw error;
    });
    const perMinute = call.serverKeyId === null ? route.perMinute : Math.max(perServerKey, route.perMinute);
    await this.#limits.take(route.name, call.scope, perMinute);
    return call;
  }

  async #resolve(ctx: Context & { state: HttpState }, scope: ServerScope): Promise<SdkCall> {
    const header = ctx.get('Authorization');
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
    const origin = ctx.get('Origin');
    if (token.startsWith(publishablePrefix)) return this.#page(token, origin, ctx.state);
    if (token.startsWith(serverKeyPrefix)) return this.#server(token, origin, scope);
    throw nobodys();
  }

  async #page(key: string, origin: string, { locale, ip }: Pick<HttpState, 'locale' | 'ip'>): Promise<SdkCall> {
    const found = await this.#publishable(key, locale);
    if (!found) throw nobodys();
    if (origin !== '' && !this.#isOwn(origin) && !isAllowedOrigin(origin, found.allowedOrigins)) throw new AppError(403, 'origin_not_allowed', { origin });
    return {
      caller: { kind: 'publishable', key, brandId: found.brandId }, serverKeyId: null, verifyToken: (token) => this.#verify(found.provider, { key, token }, locale),
      requiresProof: found.requiresProof, scope: `page:${key} ${addressPrefix(ip)}`,
    };
  }

  async #server(token: string, origin: string, scope: ServerScope): Promise<SdkCall> {
    const key = await this.#deps.serverKey(token);
    if (!key) throw nobodys();
    if (origin !== '' && !this.#isOwn(origin)) {
      this.#deps.onLeak(key, origin);
      throw new AppError(403, 'server_key_in_browser', { key: key.name });
    }
    if (!serverScopes.includes(scope) || !key.scopes.includes(scope)) throw forbidden(`sdk:${scope}`);
    return { caller: { kind: 'server', brandId: key.brandId }, serverKeyId: key.id, verifyToken: null, requiresProof: false, scope: `server:${key.id}` };
  }

  /** The provider that handed the key out. One that fails is not the caller's fault: try again. */
  async #publishable(key: string, locale: string): Promise<{ provider: IdentityProvider; brandId: string; allowedOrigins: string[]; requiresProof: boolean } | null> {
    const identities = this.#deps.identities();
    if (identities.length === 0) throw unavailable('identity_unavailable', 30);
    let hasFailed = false;
    for (const { pluginId, provider } of identities) {
      try {
        const found = await provider.resolveKey(key, this.#call(locale));
        if (found && typeof found.brandId === 'string' && Array.isArray(found.allowedOrigins)) return { provider, brandId: found.brandId, allowedOrigins: found.allowedOrigins, requiresProof: found.requiresProof === true };
      } catch (error) {
        hasFailed = true;
        this.#deps.log.warn({ err: error, plugin: pluginId }, 'a publishable key could not be looked up');
      }
    }
    if (hasFailed) throw unavailable('identity_unavailable', 5);
    return null;
  }

  async #verify(provider: IdentityProvider, input: { key: string; token: string }, locale: string): Promise<VerifiedIdentity> {
    const identity = await provider.verifyToken(input, this.#call(locale));
    if (!identity?.externalId && !identity?.email) throw new AppError(403, 'identity_invalid');
    return identity;
  }

  #call(locale: string) {
    return { signal: AbortSignal.timeout(verifyMs), actor: { type: 'nobody' as const, id: null }, locale };
  }

  /** Pages of the desk itself: the description of the API tries calls, a stand-alone widget makes them. */
  #isOwn(origin: string): boolean {
    return origin === new URL(this.#deps.publicUrl()).origin;
  }
}
