import { join } from 'node:path';
import type { Context, Middleware } from 'koa';
import type { Kernel } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { pageHeaders } from '../../kernel/http/headers.ts';
import { sendStatic } from '../../kernel/http/static.ts';
import { createPageReader } from './page-html.ts';

/** Serves the built operator app at `/admin`: files as they are, every other path below it as the page. */
export function adminApp(kernel: Kernel, dist: string): Middleware {
  const readPage = createPageReader(join(dist, 'index.html'));
  return async (ctx, next) => {
    if (ctx.path !== '/admin' && !ctx.path.startsWith('/admin/')) return next();
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw new AppError(405, 'method_not_allowed', {}, { Allow: 'GET, HEAD' });
    const file = ctx.path.slice('/admin/'.length);
    if (file && file !== 'index.html' && await sendStatic(ctx as unknown as Context, dist, file)) return undefined;
    if (file.startsWith('assets/')) throw new AppError(404, 'not_found', { what: 'file' });
    const page = await readPage();
    if (!page) throw new AppError(503, 'restarting', { retryAfter: 5 });
    const csp = await kernel.hooks.filter('csp.sources', { connect: [], img: [], frame: [] }, { surface: 'admin' }, { type: 'system', id: null });
    pageHeaders(ctx as unknown as Context, { scripts: page.scriptHashes, ...csp });
    ctx.set('Cache-Control', 'no-cache');
    ctx.type = 'html';
    // The page of somebody who is not signed in says so, and need not ask.
    ctx.body = ctx.state.actor.type === 'nobody' ? page.html.replace('<head>', '<head><meta name="plugboard-session" content="none">') : page.html;
    return undefined;
  };
}
