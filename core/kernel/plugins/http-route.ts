import type { CallActor, PluginRequest, PluginRoute, RouteUpload } from '@plugboard/sdk';
import type { Context } from 'koa';
import { limits } from '../../shared/limits.ts';
import { AppError, forbidden, unauthenticated } from '../errors.ts';
import { callActor } from '../hooks/event-origin.ts';
import { discardUpload, readJson, receiveUpload } from '../http/body.ts';
import { Idempotency } from '../http/idempotency.ts';
import { addressPrefix, RateLimits } from '../http/rate-limit.ts';
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
interface Caller { actor: CallActor; contactId: string | null }

const timeoutMs = 30_000;
const defaultPerMinute = 120;
const rateLimits = new RateLimits();

/** limit → access → validate → handler → answer, as for the desk's own routes. */
export async function answerRoute(host: PluginHost, instance: PluginInstance, match: RouteMatch, ctx: RouteContext): Promise<void> {
  if ('allowed' in match) throw new AppError(405, 'method_not_allowed', {}, { Allow: match.allowed.map((method) => method.toUpperCase()).join(', ') });
  const { route, params, pattern } = match;
  ctx.state.route = pattern;
  if (route.cors) {
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  }
  await rateLimits.take(`${route.method} ${pattern}`, ctx.state.actor.id ?? addressPrefix(ctx.state.ip), route.perMinute ?? defaultPerMinute);
  // The host asks for itself here, so the plugin's permissions do not matter.
  const desk = host.deps.services({ type: 'plugin', id: instance.id, permissions: instance.permissions, depth: 0 });
  const caller = await admit(route, instance.id, desk, ctx);
  const gone = new AbortController();
  ctx.res.once('close', () => gone.abort(new AppError(499, 'client_gone')));
  const request: PluginRequest = {
    method: route.method, path: ctx.path, ip: ctx.state.ip, locale: ctx.state.locale, ...caller,
    params: route.params ? validate(route.params, params, 'params') : params,
    query: route.query ? validate(route.query, { ...ctx.query }, 'query') : { ...ctx.query },
    headers: headersOf(ctx),
    body: route.upload ? undefined : await bodyOf(route, ctx),
    upload: route.upload ? await takeUpload(host, desk, caller, ctx) : null,
  };
  const run = () => instance.call(
    { point: `route ${route.method.toUpperCase()} ${pattern}`, stage: 'route', timeoutMs, hasBreaker: false, signal: gone.signal, isRefusal: isPluginRefusal },
    (signal) => route.handle(request, { signal })).catch((error: unknown) => { throw error instanceof PluginTimeout ? new AppError(504, 'timeout') : error; });
  const key = route.method === 'post' && !route.upload ? ctx.get('Idempotency-Key') : '';
  const scope = `${caller.actor.type}:${caller.actor.id ?? ctx.state.ip}:${ctx.path}`;
  const response = key ? await once(new Idempotency(host.deps.kernel.db), { scope, key, body: request.body }, run) : await run();
  await sendPluginResponse({ host, route, desk, response, ctx });
}

/** Answers OPTIONS for a route that pages of other origins may call. */
export function answerPreflight(instance: PluginInstance, ctx: RouteContext): boolean {
  const wanted = ctx.get('Access-Control-Request-Method');
  const match = wanted ? instance.routes.match(wanted, ctx.path) : null;
  if (!match || 'allowed' in match || !match.route.cors) return false;
  ctx.state.route = match.pattern;
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Access-Control-Allow-Methods', match.route.method.toUpperCase());
  ctx.set('Access-Control-Allow-Headers', 'authorization, content-type, idempotency-key');
  ctx.set('Access-Control-Max-Age', '600');
  ctx.status = 204;
  return true;
}

async function admit(route: PluginRoute, pluginId: string, desk: PluginDesk, ctx: RouteContext): Promise<Caller> {
  const { access } = route;
  const { actor } = ctx.state;
  if (access === 'contact') {
    const session = await contactSession(desk, ctx);
    if (!session) throw unauthenticated();
    return { actor: { type: 'contact', id: session.contactId }, contactId: session.contactId };
  }
  if (access === 'public') return { actor: callActor(actor), contactId: null };
  if (!isStaff(actor)) throw unauthenticated();
  const ability = `${pluginId}.${access.ability}`;
  if (!actor.permissions.has(ability) && !actor.permissions.has('*')) throw forbidden(ability);
  return { actor: callActor(actor), contactId: null };
}

async function contactSession(desk: PluginDesk, ctx: RouteContext): Promise<{ contactId: string } | null> {
  const authorization = ctx.get('Authorization');
  if (!authorization.startsWith('Bearer ')) return null;
  return desk.contacts.sessions.verify(authorization.slice(7).trim());
}

async function bodyOf(route: PluginRoute, ctx: RouteContext): Promise<unknown> {
  if (route.method === 'get') return undefined;
  const body = await readJson(ctx);
  if (!route.body) return undefined;
  return validate(route.body, body ?? {}, 'body');
}

/** Headers a plugin may see: its caller's session is not among them, a contact's own token is the host's to check. */
function headersOf(ctx: RouteContext): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(ctx.headers)) {
    if (value === undefined || name === 'cookie' || (name === 'authorization' && isStaff(ctx.state.actor))) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

async function takeUpload(host: PluginHost, desk: PluginDesk, caller: Caller, ctx: RouteContext): Promise<RouteUpload> {
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
