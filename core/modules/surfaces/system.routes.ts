import { timingSafeEqual } from 'node:crypto';
import type { Middleware } from 'koa';
import { z } from 'zod';
import type { Kernel } from '../../kernel/context.ts';
import { AppError, unauthenticated } from '../../kernel/errors.ts';
import type { HttpMetrics } from '../../kernel/http/metrics.ts';
import { openApiDocument } from '../../kernel/http/openapi.ts';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { localeSchema } from '../../shared/primitives.ts';
import { apiTags } from './api-tags.ts';

export interface SystemDeps {
  kernel: Kernel;
  metrics: HttpMetrics;
  version: string;
  /** Every reason why this process should get no traffic now; empty when it is ready. */
  notReady(): Promise<string[]>;
  /** All routes there are now, those of active plugins too. */
  allRoutes(): readonly Route[];
}

/** `/healthz`, `/readyz` and `/metrics`: for machines, before everything else. */
export function systemEndpoints(deps: SystemDeps): Middleware {
  return async (ctx, next) => {
    switch (ctx.path) {
      case '/healthz':
        ctx.body = { status: 'ok' };
        return undefined;
      case '/readyz': {
        const reasons = await deps.notReady();
        ctx.status = reasons.length === 0 ? 200 : 503;
        ctx.body = { status: reasons.length === 0 ? 'ready' : 'not ready', reasons };
        return undefined;
      }
      case '/metrics':
        if (!mayReadMetrics(ctx.get('Authorization'), deps.kernel.config.metricsToken)) throw unauthenticated();
        ctx.type = deps.metrics.registry.contentType;
        ctx.body = await deps.metrics.registry.metrics();
        return undefined;
      default:
        return next();
    }
  };
}

/** Without METRICS_TOKEN the figures are shown to nobody. */
function mayReadMetrics(authorization: string, token: string | undefined): boolean {
  if (!token) return false;
  const given = Buffer.from(authorization);
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const namespaceSchema = z.string().regex(/^(common|admin|settings|knowledge|tools|widget|portal|errors|api-docs|plugin\.[a-z][a-z0-9-]{1,39})$/);

/** The API's own description, and the texts of the browser surfaces. */
export function systemRoutes(deps: SystemDeps): Route[] {
  return [
    defineRoute({
      method: 'get', path: '/api/v1/openapi.json', tag: 'system', summary: 'This description of the API',
      access: { public: 'describes addresses only' },
      handle: () => ({ body: openApiDocument(deps.allRoutes(), { version: deps.version, url: deps.kernel.config.publicUrl, tags: apiTags }) }),
    }),
    defineRoute({
      method: 'get', path: '/api/v1/i18n/:locale/:namespace', tag: 'system', summary: 'Texts of one surface in one language',
      access: { public: 'texts of the interface' },
      params: z.strictObject({ locale: localeSchema, namespace: namespaceSchema }),
      handle({ params }) {
        if (!deps.kernel.i18n.locales().includes(params.locale)) throw new AppError(404, 'not_found', { what: 'locale' });
        return { body: deps.kernel.i18n.texts(params.locale, params.namespace), headers: { 'Cache-Control': 'public, max-age=60' } };
      },
    }),
    defineRoute({
      method: 'get', path: '/api/v1/locales', tag: 'system', summary: 'Languages that the desk has',
      access: { public: 'names of languages' },
      handle: () => ({ body: { data: deps.kernel.i18n.locales().map((locale) => ({ id: locale, name: new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale, direction: deps.kernel.i18n.direction(locale) })) } }),
    }),
  ];
}
