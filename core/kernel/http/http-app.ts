import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import Koa, { type Context, type Middleware } from 'koa';
import compress from 'koa-compress';
import type { Kernel } from '../context.ts';
import { AppError } from '../errors.ts';
import { nobody, type Actor } from '../policy/actor.ts';
import { baseHeaders } from './headers.ts';
import type { HttpMetrics } from './metrics.ts';
import { isOwnOrigin } from './origin.ts';
import { sendProblem } from './problem.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { HttpState } from './state.ts';

export interface Authenticator {
  session(token: string): Promise<Actor | null>;
  /** Bearer tokens of the REST API (`pb_pat_…`); other kinds belong to the plugins' routes and answer null. */
  bearer(token: string): Promise<Actor | null>;
}

export interface HttpAppDeps {
  kernel: Kernel;
  authenticator: Authenticator;
  metrics: HttpMetrics;
  /** True while the process goes down: answered with 503 by everything but /healthz. */
  isStopping(): boolean;
  middleware: readonly Middleware[];
}

const staffTokenPrefix = 'pb_pat_';

/** The Koa application: one pipeline for every address of the desk. */
export function createHttpApp(deps: HttpAppDeps): Koa<HttpState> {
  const { kernel } = deps;
  const isSecure = kernel.config.publicUrl.startsWith('https:');
  const app = new Koa<HttpState>();
  app.proxy = kernel.config.trustProxy;
  // The last address is the one that our own proxy saw; what stands before it anybody can write.
  app.maxIpsCount = 1;
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') kernel.log.error({ err: error }, 'response failed');
  });
  app.use(async (ctx, next) => {
    ctx.state.requestId = randomUUID();
    ctx.state.ip = ctx.ip;
    ctx.state.actor = nobody;
    ctx.state.via = 'none';
    ctx.state.sessionToken = null;
    ctx.state.locale = kernel.i18n.negotiate(ctx.get('Accept-Language'));
    ctx.set('X-Request-Id', ctx.state.requestId);
    baseHeaders(ctx as unknown as Context, isSecure);
    const started = performance.now();
    try {
      if (deps.isStopping() && ctx.path !== '/healthz') throw new AppError(503, 'restarting', { retryAfter: 5 }, { 'Retry-After': '5' });
      await authenticate(ctx as never, deps, isSecure);
      await next();
      if (ctx.status === 404 && ctx.body == null) throw new AppError(404, 'not_found', { what: 'address' });
    } catch (error) {
      sendProblem(ctx as unknown as Context, error, kernel);
    } finally {
      deps.metrics.observe(ctx.method, ctx.state.route ?? 'other', ctx.status, performance.now() - started);
    }
  });
  app.use(compress({ threshold: 1024, br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } }));
  for (const middleware of deps.middleware) app.use(middleware as never);
  return app;
}

async function authenticate(ctx: Context & { state: HttpState }, deps: HttpAppDeps, isSecure: boolean): Promise<void> {
  const authorization = ctx.get('Authorization');
  if (authorization.startsWith('Bearer ')) {
    const token = authorization.slice(7).trim();
    ctx.state.via = 'bearer';
    if (!token.startsWith(staffTokenPrefix)) return;
    const actor = await deps.authenticator.bearer(token);
    if (!actor) throw new AppError(401, 'unauthenticated', {}, { 'WWW-Authenticate': 'Bearer' });
    ctx.state.actor = actor;
    return;
  }
  const token = readSessionCookie(ctx.headers.cookie, isSecure);
  if (!token) return;
  if (!isOwnOrigin(ctx.method, ctx.headers, deps.kernel.config.publicUrl)) throw new AppError(403, 'foreign_origin');
  ctx.state.via = 'cookie';
  ctx.state.sessionToken = token;
  ctx.state.actor = (await deps.authenticator.session(token)) ?? nobody;
}
