import { createHash } from 'node:crypto';
import { PluginError, z } from '@plugboard/sdk';
import type { BrandDto, PluginContext, PluginResponse } from '@plugboard/sdk';
import { appFiles, loader, previewStyle } from './bundle.ts';
import { directionOf } from './locale.ts';
import { appPage, previewPage } from './pages.ts';
import type { PublicConfig } from './public-config.ts';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const localeSchema = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35).optional();
const bySlug = z.strictObject({ slug: z.string().max(80) });
const pageQuery = z.object({ locale: localeSchema });
const configQuery = z.object({ widget: z.string().max(80).optional(), tenant: z.string().max(80).optional(), locale: localeSchema });

const notFound = () => new PluginError('not_found', 404);

/** 304 when the caller has this text already. */
function cached(text: string, ifNoneMatch: string | undefined, answer: PluginResponse): PluginResponse {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=60', Vary: 'Accept-Language' };
  return ifNoneMatch === etag ? { status: 304, headers } : { ...answer, headers };
}

async function addLoader(ctx: PluginContext): Promise<void> {
  await ctx.routes.add({
    method: 'get', claim: '/widget.js', path: '', summary: 'Script for the host page', access: 'public', perMinute: 600, cors: true,
    async handle({ headers }) {
      const { script, etag } = await loader();
      const caching = { ETag: etag, 'Cache-Control': 'public, max-age=300', 'Cross-Origin-Resource-Policy': 'cross-origin' };
      return headers['if-none-match'] === etag ? { status: 304, headers: caching } : { script, headers: caching };
    },
  });
}

/** The loader, the iframe's page, the page to try it on, and the public configuration. */
export async function addPageRoutes(ctx: PluginContext, store: WidgetStore, config: PublicConfig): Promise<void> {
  const brandOf = async (widget: Widget): Promise<BrandDto> => {
    const brand = await ctx.brands.get(widget.brandId);
    if (!brand) throw notFound();
    return brand;
  };
  const load = async (slug: string) => {
    const widget = await store.bySlug(slug);
    if (!widget) throw notFound();
    return { widget, brand: await brandOf(widget) };
  };

  await addLoader(ctx);

  await ctx.routes.add({
    method: 'get', claim: '/api/sdk/config', path: '', summary: 'Public configuration of a chat widget', access: 'public',
    perMinute: 600, cors: true, query: configQuery,
    async handle({ query, headers }) {
      const tenant = query.tenant ? await ctx.brands.get(query.tenant) : null;
      if (query.tenant && !tenant) throw notFound();
      const widget = query.widget ? await store.find(query.widget) : tenant && await store.firstOfBrand(tenant.id);
      if (!widget || (tenant && widget.brandId !== tenant.id)) throw notFound();
      const body = await config.launcher(widget, await brandOf(widget), { locale: query.locale, acceptLanguage: headers['accept-language'] });
      return cached(JSON.stringify(body), headers['if-none-match'], { body });
    },
  });

  await ctx.routes.add({
    method: 'get', claim: '/widget', path: '/:slug', summary: 'The chat widget', access: 'public', params: bySlug, query: pageQuery,
    async handle({ params, query, headers }) {
      const { widget, brand } = await load(params.slug);
      const page = appPage(await config.app(widget, brand, { locale: query.locale, acceptLanguage: headers['accept-language'] }), await appFiles());
      const frameAncestors = widget.allowedOrigins.length > 0 ? ["'self'", ...widget.allowedOrigins] : ['*'];
      return { html: page, frameAncestors, headers: { 'Cache-Control': 'private, no-cache', Vary: 'Accept-Language' } };
    },
  });

  await ctx.routes.add({
    method: 'get', claim: '/widget', path: '/:slug/preview', summary: 'A page to try the chat widget on', access: 'public', params: bySlug, query: pageQuery,
    async handle({ params, query, headers }) {
      const { widget, brand } = await load(params.slug);
      const locale = await config.localeFor(brand, { locale: query.locale, acceptLanguage: headers['accept-language'] });
      const text = (key: string) => ctx.t(`preview.${key}`, {}, locale);
      const html = previewPage({
        slug: widget.slug, brandSlug: brand.slug, locale, dir: directionOf(locale), style: await previewStyle(),
        texts: {
          title: text('title'), note: text('note'), heading: text('heading'), text: text('text'), order: text('order'),
          items: [[text('item1'), '€ 129'], [text('item2'), '€ 48'], [text('item3'), '€ 36']],
        },
      });
      return { html, frameAncestors: ["'self'"] };
    },
  });
}
