import { join } from 'node:path';
import type { Context, Middleware } from 'koa';
import type { Kernel } from '../../kernel/context.ts';
import { pageHeaders } from '../../kernel/http/headers.ts';
import { sendStatic } from '../../kernel/http/static.ts';
import { findBrandBySlug, presentBrand, selectBrands } from '../brands/index.ts';
import { createPageReader, escapeHtml, jsonForHtml } from './page-html.ts';

/** The help centre of a brand: `/` for the default one, `/portal/<brand>` for each. */
export function portalApp(kernel: Kernel, dist: string): Middleware {
  const readPage = createPageReader(join(dist, 'index.html'));
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path.startsWith('/portal/assets/')) {
      return (await sendStatic(ctx as unknown as Context, dist, ctx.path.slice('/portal/'.length))) ? undefined : next();
    }
    const slug = /^\/portal\/([a-z0-9-]{1,60})\/?$/.exec(ctx.path)?.[1];
    if (ctx.path !== '/' && !slug) return next();
    const row = slug ? await findBrandBySlug(kernel.db.knex, slug) : (await selectBrands(kernel.db.knex))[0];
    const page = await readPage();
    if (!page) return next();
    if (!row) {
      if (slug) return next();
      ctx.redirect('/admin');
      return undefined;
    }
    const brand = presentBrand(row);
    const locale = kernel.i18n.negotiate(ctx.get('Accept-Language'), brand.locale);
    const data = { brand, locale, texts: kernel.i18n.texts(locale, 'portal'), direction: kernel.i18n.direction(locale) };
    pageHeaders(ctx as unknown as Context, { scripts: page.scriptHashes });
    ctx.set('Cache-Control', 'no-cache');
    ctx.vary('Accept-Language');
    ctx.type = 'html';
    ctx.body = page.html
      .replace('<html', `<html lang="${escapeHtml(locale)}" dir="${data.direction}"`)
      .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(brand.name)}</title>`)
      .replace('</head>', () => `<script type="application/json" id="portal-data">${jsonForHtml(data)}</script></head>`);
    return undefined;
  };
}
