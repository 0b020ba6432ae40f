import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { Kernel } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { pageHeaders } from '../../kernel/http/headers.ts';
import type { HttpContext } from '../../kernel/http/state.ts';
import { hashOf, type Bundle } from './bundle.ts';
import type { Page } from './page.ts';
import { brandStyle, frame, nobodysFrame } from './parts/frame.ts';
import type { Visit } from './visit.ts';

interface Sent { body: string; type: string; modified?: Date | undefined; status?: number | undefined }

/**
 * Sends a text that many may ask for, or 304 where the browser has it. Caches ask again each time; what somebody gets who shows
 * a cookie or a token is kept by their own browser alone.
 */
export function sendText(ctx: HttpContext, { body, type, modified, status = 200 }: Sent): void {
  const isKnown = ctx.get('Cookie') !== '' || ctx.get('Authorization') !== '';
  ctx.vary('Accept-Language');
  ctx.type = type;
  ctx.status = status;
  if (status === 200) {
    ctx.set('Cache-Control', isKnown ? 'private, no-cache' : 'public, no-cache');
    ctx.set('ETag', `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`);
    if (modified) ctx.lastModified = modified;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
  } else {
    ctx.set('Cache-Control', 'no-store');
  }
  ctx.body = body;
}

export async function sendPage(ctx: HttpContext, visit: Visit, page: Page, bundle: Bundle): Promise<void> {
  const { brand, ctx: { kernel } } = visit;
  const more = await kernel.hooks.filter('csp.sources', { connect: [], img: [], frame: [] }, { surface: 'portal' }, { type: 'system', id: null });
  pageHeaders(ctx as unknown as Context, {
    scripts: [bundle.earlyHash], styles: [hashOf(brandStyle(brand.color))], ...more, img: [...more.img, ...(page.pictures ?? [])],
  });
  ctx.set('Content-Language', visit.locale);
  sendText(ctx, { body: String(frame(visit, page, bundle)), type: 'html', modified: page.modified, status: page.status });
}

/** An address of a brand that there is not. It shows the face of no other one. */
export function sendNobodys(ctx: HttpContext, kernel: Kernel, bundle: Bundle): void {
  if (ctx.accepts('html', 'json') === 'json') throw notFound('brand');
  pageHeaders(ctx as unknown as Context, { scripts: [bundle.earlyHash] });
  const { locale } = ctx.state;
  sendText(ctx, { body: String(nobodysFrame({ locale, direction: kernel.i18n.direction(locale), t: (key) => kernel.i18n.t(`portal:${key}`, locale) }, bundle)), type: 'html', status: 404 });
}
