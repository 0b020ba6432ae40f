import { join } from 'node:path';
import type { Context, Middleware } from 'koa';
import type { Kernel } from '../../kernel/context.ts';
import { escapeHtml, jsonForHtml } from '../../kernel/html/escape.ts';
import { pageHeaders } from '../../kernel/http/headers.ts';
import { sendStatic } from '../../kernel/http/static.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { createPageReader } from './page-html.ts';

const address = '/api/docs';

/** The page to read and try the API on. What it describes is `/api/v1/openapi.json`. */
export function apiDocsApp(kernel: Kernel, dist: string): Middleware {
  const readPage = createPageReader(join(dist, 'index.html'));
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path.startsWith(`${address}/assets/`)) {
      return (await sendStatic(ctx as unknown as Context, dist, ctx.path.slice(address.length + 1))) ? undefined : next();
    }
    if (ctx.path !== address && ctx.path !== `${address}/`) return next();
    const page = await readPage();
    if (!page) return next();
    const locale = kernel.i18n.negotiate(ctx.get('Accept-Language'));
    const { actor } = ctx.state;
    const data = {
      locale,
      locales: kernel.i18n.locales().map((id) => ({ id, direction: kernel.i18n.direction(id) })),
      texts: kernel.i18n.texts(locale, 'api-docs'),
      operator: isStaff(actor) ? actor.name : null,
    };
    pageHeaders(ctx as unknown as Context, { scripts: page.scriptHashes });
    ctx.set('Cache-Control', 'no-store');
    ctx.vary('Accept-Language');
    ctx.type = 'html';
    ctx.body = page.html
      .replace('<html', `<html lang="${escapeHtml(locale)}" dir="${kernel.i18n.direction(locale)}"`)
      .replace('</head>', () => `<script type="application/json" id="page-data">${jsonForHtml(data)}</script></head>`);
    return undefined;
  };
}
