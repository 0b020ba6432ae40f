import type { CallActor, PluginRequest, PluginRoute, RouteUpload, SdkCaller } from '@plugboard/sdk';
import type { Context } from 'koa';
import { limits } from '../../shared/limits.ts';
import { AppError, forbidden, unauthenticated } from '../errors.ts';
import { callActor } from '../hooks/event-origin.ts';
import { discardUpload, readJson, readRaw, receiveUpload } from '../http/body.ts';
import { Idempotency } from '../http/idempotency.ts';
import { addressPrefix, RateLimits } from '../http/rate-limit.ts';
import { answerPages, openToPages, serverKeyPrefix } from '../http/sdk-callers.ts';
import type { HttpState } from '../http/state.ts';
import { validate } from '../http/validate.ts';
import { isStaff } from '../policy/actor.ts';
import { sendPluginResponse } from './http-response.ts';
import { PluginTimeout } from './plugin-calls.ts';
import type { PluginHost } from './plugin-host.ts';
import type { PluginInstance } from './plugin-instance.ts';
import { once } from './once.ts';
import { isPluginRefusal } from './plugin-refusal.ts';
import type { RouteMatch } from './route-table.ts';
import type { PluginDesk } from './services.ts';

type RouteContext = Context & { state: HttpState };
interface Caller { actor: CallActor; contactId: string | null; sdk: SdkCaller | null; /** Under what repeats are known. */ scope: string }

const timeoutMs = 30_000;
const defaultPerMinute = 120;
const rateLimits = new RateLimits();

/** limit → access → validate → handler → answer, as for the desk's own routes. */
export async function answerRoute(host: PluginHost, instance: PluginInstance, match: RouteMatch, ctx: RouteContext): Promise<void> {
  if ('allowed' in match) throw new AppError(405, 'method_not_allowed', {}, { Allow: match.allowed.map((method) => method.toUpperCase()).join(', ') });
  const { route, params, pattern } = match;
  ctx.state.route = pattern;
  if (isForPages(route)) openToPages(ctx);
  // The host asks for itself here, so the plugin's permissions do not matter.
  const desk = host.deps.services({ type: 'plugin', id: instance.id, permissions: instance.permissions, depth: 0 });
  const { scope, ...caller } = await admit({ host, instance, desk, ctx, match });
  const gone = new AbortController();
  ctx.res.once('close', () => gone.abort(new AppError(499, 'client_gone')));
  const life = new AbortController();
  gone.signal.addEventListener('abort', () => life.abort(gone.signal.reason), { once: true });
  const request: PluginRequest = {
    method: route.method, path: ctx.path, ip: ctx.state.ip, locale: ctx.state.locale, ...caller,
    params: route.params ? validate(route.params, params, 'params') : params,
    query: route.query ? validate(route.query, { ...ctx.query }, 'query') : { ...ctx.query },
    headers: headersOf(ctx),
    body: route.upload ? undefined : await bodyOf(route, ctx),
    upload: route.upload ? await takeUpload(host, desk, caller, ctx) : null,
  };
  const point = `route ${route.method.toUpperCase()} ${pattern}`;
  const run = () => instance.call(
    { point, stage: 'route', timeoutMs, hasBreaker: false, signal: gone.signal, isRefusal: isPluginRefusal },
    (signal) => {
      signal.addEventListener('abort', () => life.abort(signal.reason), { once: true });
      return route.handle(request, { signal: life.signal });
    }).catch((error: unknown) => { throw error instanceof PluginTimeout ? new AppError(504, 'timeout') : error; });
  const key = route.method === 'post' && !route.upload && !route.answersSecret ? ctx.get('Idempotency-Key') : '';
  const response = key ? await once(new Idempotency(host.deps.kernel), { scope: `${scope}:${ctx.path}`, key, body: request.body }, run) : await run();
  await sendPluginResponse({ host, instance, point, life, desk, response, ctx });
}

/** Answers OPTIONS for a route that pages of other origins may call. */
export function answerPreflight(instance: PluginInstance, ctx: RouteContext): boolean {
  const wanted = ctx.get('Access-Control-Request-Method');
  const match = wanted ? instance.routes.match(wanted, ctx.path) : null;
  if (!match || 'allowed' in match || !isForPages(match.route)) return false;
  ctx.state.route = match.pattern;
  answerPages(ctx, match.route.method);
  return true;
}

/** What pages of other origins may call: what says so, and everything that a key of the customer opens. */
const isForPages = ({ cors, access }: PluginRoute): boolean => cors === true || (typeof access === 'object' && 'sdk' in access);

interface Door { host: PluginHost; instance: PluginInstance; desk: PluginDesk; ctx: RouteContext; match: Exclude<RouteMatch, { allowed: unknown }> }

async function admit({ host, instance, desk, ctx, match: { route, pattern } }: Door): Promise<Caller> {
  const { access } = route;
  const { actor } = ctx.state;
  const name = `${route.method} ${pattern}`;
  const perMinute = route.perMinute ?? defaultPerMinute;
  if (typeof access === 'object' && 'sdk' in access) {
    const { caller: sdk, serverKeyId, scope } = await host.deps.sdk.admit(ctx, access.sdk, { name, perMinute });
    return { actor: serverKeyId === null ? { type: 'nobody', id: null } : { type: 'token', id: serverKeyId }, contactId: null, sdk, scope };
  }
  await rateLimits.take(name, actor.id ?? addressPrefix(ctx.state.ip), perMinute);
  if (access === 'contact') {
    const session = await contactSession(desk, ctx);
    if (!session) throw unauthenticated();
    return known({ type: 'contact', id: session.contactId }, session.contactId, ctx);
  }
  if (access === 'public') return known(callActor(actor), null, ctx);
  if (!isStaff(actor)) throw unauthenticated();
  const ability = `${instance.id}.${access.ability}`;
  if (!actor.permissions.has(ability) && !actor.permissions.has('*')) throw forbidden(ability);
  return known(callActor(actor), null, ctx);
}

const known = (actor: CallActor, contactId: string | null, ctx: RouteContext): Caller => ({ actor, contactId, sdk: null, scope: `${actor.type}:${actor.id ?? ctx.state.ip}` });

async function contactSession(desk: PluginDesk, ctx: RouteContext): Promise<{ contactId: string } | null> {
  const authorization = ctx.get('Authorization');
  if (!authorization.startsWith('Bearer ')) return null;
  return desk.contacts.sessions.verify(authorization.slice(7).trim());
}

async function bodyOf(route: PluginRoute, ctx: RouteContext): Promise<unknown> {
  if (route.method === 'get') return undefined;
  if (!route.body) {
    // Nothing of it is wanted, so it may be of any kind: a mail program that unsubscribes sends a form.
    await readRaw(ctx.req, limits.jsonBytes);
    return undefined;
  }
  const body = await readJson(ctx);
  return validate(route.body, body ?? {}, 'body');
}

/** Headers a plugin may see: its caller's session is not among them, a contact's own token is the host's to check. */
function headersOf(ctx: RouteContext): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(ctx.headers)) {
    if (value === undefined || name === 'cookie' || (name === 'authorization' && isSecretOfDesk(ctx))) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** Sessions and tokens of people, and the keys of servers. */
const isSecretOfDesk = (ctx: RouteContext): boolean => isStaff(ctx.state.actor) || ctx.get('Authorization').includes(serverKeyPrefix);

async function takeUpload(host: PluginHost, desk: PluginDesk, caller: Pick<Caller, 'actor' | 'contactId'>, ctx: RouteContext): Promise<RouteUpload> {
  const { files } = host.deps.kernel;
  const owner = caller.contactId ? { type: 'contact' as const, id: caller.contactId } : { type: 'operator' as const, id: caller.actor.id ?? '' };
  if (!owner.id) throw unauthenticated();
  const upload = await receiveUpload(ctx, files.uploadDir, limits.attachmentBytes);
  try {
    return await desk.keepUpload({ stored: await files.put(upload.path, upload.name), name: upload.name, owner });
  } finally {
    await discardUpload(upload);
  }
}
