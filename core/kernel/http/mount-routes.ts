import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { createActionContext } from '../action-context.ts';
import type { Kernel } from '../context.ts';
import { forbidden, unauthenticated } from '../errors.ts';
import { discardUpload, readJson, receiveUpload } from './body.ts';
import { untrustedFileHeaders } from './headers.ts';
import type { Idempotency } from './idempotency.ts';
import { addressPrefix, type RateLimits } from './rate-limit.ts';
import { sendLines } from './send-lines.ts';
import type { Route, RouteRequest, RouteResult, Upload } from './route.ts';
import { answerPages, openToPages, type SdkCall, type SdkCallers } from './sdk-callers.ts';
import { writeSessionCookie } from './session-cookie.ts';
import type { HttpContext, HttpState } from './state.ts';
import { validate } from './validate.ts';

export interface MountDeps { kernel: Kernel; limits: RateLimits; idempotency: Idempotency; isSecure: boolean; sdk: SdkCallers }

const writesPerMinute = 300;

/** Turns the routes of all modules into one middleware: limit → access → validate → handler → answer. */
export function mountRoutes(routes: readonly Route[], deps: MountDeps): Middleware {
  const router = new Router<HttpState>();
  for (const route of routes) {
    if ('sdk' in route.access) router.options(route.path, (ctx) => answerPages(ctx as unknown as Context, route.method));
    router[route.method](route.path, async (ctx) => {
      ctx.state.route = route.path;
      await answer(route, ctx as unknown as HttpContext, ctx.params as Record<string, string>, deps);
    });
  }
  return router.routes() as unknown as Middleware;
}

async function answer(route: Route, ctx: HttpContext, params: Record<string, string>, deps: MountDeps): Promise<void> {
  const { kernel } = deps;
  const { actor } = ctx.state;
  const perMinute = route.perMinute ?? (route.method === 'get' ? undefined : writesPerMinute);
  const sdk = await admitSdk(route, ctx, deps);
  if (perMinute && !sdk) await deps.limits.take(`${route.method} ${route.path}`, actor.id ?? addressPrefix(ctx.state.ip), perMinute);
  const action = createActionContext(kernel, actor, { locale: ctx.state.locale, log: kernel.log.child({ requestId: ctx.state.requestId }) });
  if ('policy' in route.access && !action.can(route.access.policy)) {
    throw actor.type === 'nobody' ? unauthenticated() : forbidden(route.access.policy);
  }
  const request = {
    ctx: action,
    params: route.params ? validate(route.params, { ...params }, 'params') : undefined,
    query: route.query ? validate(route.query, { ...ctx.query }, 'query') : undefined,
    ip: ctx.state.ip,
    headers: ctx.headers,
    sessionToken: ctx.state.sessionToken,
    sdk,
  };
  if (route.upload) {
    const upload = await receiveUpload(ctx as unknown as Context, kernel.files.uploadDir, route.upload.maxBytes);
    await handleUpload(route, { ...request, body: undefined, upload }, upload, ctx, deps);
    return;
  }
  const body = route.body ? validate(route.body, (await readJson(ctx as unknown as Context, route.bodyBytes)) ?? {}, 'body') : undefined;
  const key = route.method === 'post' ? ctx.get('Idempotency-Key') : '';
  const result = key
    ? await once(route, { ...request, body, upload: null }, `${sdk?.scope ?? `${actor.type}:${actor.id ?? ctx.state.ip}`}:${ctx.path}`, key, deps)
    : await route.handle({ ...request, body, upload: null } as RouteRequest<never, never, never>);
  send(ctx, result, deps);
}

/** The customer's page or server, on routes that are theirs; their keys open nothing else, and nothing else opens these. */
async function admitSdk(route: Route, ctx: HttpContext, deps: MountDeps): Promise<SdkCall | null> {
  if (!('sdk' in route.access)) return null;
  openToPages(ctx as unknown as Context);
  return deps.sdk.admit(ctx as unknown as Parameters<SdkCallers['admit']>[0], route.access.sdk, { name: `${route.method} ${route.path}`, perMinute: route.perMinute ?? writesPerMinute });
}

async function handleUpload(route: Route, request: object, upload: Upload, ctx: HttpContext, deps: MountDeps): Promise<void> {
  try {
    send(ctx, await route.handle(request as RouteRequest<never, never, never>), deps);
  } finally {
    await discardUpload(upload);
  }
}

/** Runs a POST under its Idempotency-Key. An answer that sets a session or shows a secret is never kept. */
async function once(route: Route, request: { body: unknown; upload: null }, scope: string, key: string, deps: MountDeps): Promise<RouteResult> {
  const { keyHash, stored } = await deps.idempotency.begin(scope, key, request.body);
  if (stored) return { status: stored.status, body: stored.body === null ? undefined : JSON.parse(stored.body) as unknown, headers: { 'Idempotent-Replayed': 'true' } };
  try {
    const result = await route.handle(request as unknown as RouteRequest<never, never, never>);
    if (result.session || result.lines || route.answersSecret) await deps.idempotency.forget(keyHash);
    else await deps.idempotency.finish(keyHash, { status: statusOf(result), body: result.body === undefined ? null : JSON.stringify(result.body) });
    return result;
  } catch (error) {
    await deps.idempotency.forget(keyHash);
    throw error;
  }
}

const statusOf = (result: RouteResult): number => result.status ?? (result.body === undefined && !result.stream && !result.lines ? 204 : 200);

function send(ctx: HttpContext, result: RouteResult, { isSecure, kernel }: MountDeps): void {
  ctx.set('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(result.headers ?? {})) ctx.set(name, value);
  if (result.session) writeSessionCookie(ctx as unknown as Context, isSecure, result.session);
  ctx.status = statusOf(result);
  if (result.stream) {
    untrustedFileHeaders(ctx as unknown as Context, result.stream);
    ctx.length = result.stream.size;
    ctx.body = result.stream.content;
  } else if (result.lines) {
    sendLines(ctx as unknown as Context, result.lines, kernel);
  } else if (result.body !== undefined) {
    ctx.body = JSON.stringify(result.body);
    ctx.type = 'application/json';
  }
}

/** What opens a route: a policy, a scope of the customer's keys, or nothing. */
export const accessName = ({ access }: Route): string => ('policy' in access ? access.policy : 'sdk' in access ? `sdk:${access.sdk}` : 'public');

/** Every route as the OpenAPI document and the permission matrix see it. */
export function describeRoutes(routes: readonly Route[]): { method: string; path: string; access: string; body?: z.ZodType }[] {
  return routes.map((route) => ({
    method: route.method,
    path: route.path,
    access: accessName(route),
    ...(route.body ? { body: route.body } : {}),
  }));
}
