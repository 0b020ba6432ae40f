import { createHash } from 'node:crypto';
import { PluginError, z } from '@plugboard/sdk';
import type { BrandDto, PluginContext, PluginResponse } from '@plugboard/sdk';
import { appFiles, liveFiles, loader, previewStyle, shimNames, shims } from './bundle.ts';
import type { Loader } from './bundle.ts';
import { createDefaultWidgets } from './default-widgets.ts';
import { directionOf } from './locale.ts';
import { appPage, livePage, previewPage } from './pages.ts';
import type { PublicConfig } from './public-config.ts';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const localeSchema = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35).optional();
const bySlug = z.strictObject({ slug: z.string().max(80) });
const pageQuery = z.object({ locale: localeSchema });
/** `preview` is asked for by the admin's live preview: the page then hears what it is to show. */
const appQuery = pageQuery.extend({ preview: z.literal('1').optional() });
const configQuery = z.object({ widget: z.string().max(80).optional(), tenant: z.string().max(80).optional(), locale: localeSchema });

const notFound = () => new PluginError('not_found', 404);

/** 304 when the caller has this text already. */
function cached(text: string, ifNoneMatch: string | undefined, answer: PluginResponse): PluginResponse {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=60', Vary: 'Accept-Language' };
  return ifNoneMatch === etag ? { status: 304, headers } : { ...answer, headers };
}

function sendScript({ script, etag }: Loader, ifNoneMatch: string | undefined): PluginResponse {
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=300', 'Cross-Origin-Resource-Policy': 'cross-origin' };
  return ifNoneMatch === etag ? { status: 304, headers } : { script, headers };
}

/** The script for the host page, and its stand-ins for other chats' scripts. */
async function addScripts(ctx: PluginContext): Promise<void> {
  const shared = { method: 'get', access: 'public', perMinute: 600, cors: true } as const;
  await ctx.routes.add({
    ...shared, claim: '/widget.js', path: '', summary: 'Script for the host page',
    handle: async ({ headers }) => sendScript(await loader(), headers['if-none-match']),
  });
  for (const name of shimNames) {
    await ctx.routes.add({
      ...shared, claim: '/widget/compat', path: `/${name}.js`, summary: `Script for a page that was made for another chat (${name})`,
      handle: async ({ headers }) => sendScript(await shims[name](), headers['if-none-match']),
    });
  }
  await ctx.routes.add({
    ...shared, claim: '/packs/js/sdk.js', path: '', summary: 'Script for a page that was made for another chat, at its customary address',
    handle: async ({ headers }) => sendScript(await shims.chatwoot(), headers['if-none-match']),
  });
}

/** The loader, the iframe's page, the page to try it on, and the public configuration. */
export async function addPageRoutes(ctx: PluginContext, store: WidgetStore, config: PublicConfig): Promise<void> {
  const brandOf = async (widget: Widget): Promise<BrandDto> => {
    const brand = await ctx.brands.get(widget.brandId);
    if (!brand) throw notFound();
    return brand;
  };
  /** A brand that came after the channel went on gets its first widget when somebody asks for it. */
  const firstOf = async (brand: BrandDto) => {
    const widget = await store.firstOfBrand(brand.id);
    if (widget) return widget;
    await createDefaultWidgets(ctx);
    return store.firstOfBrand(brand.id);
  };
  const load = async (slug: string) => {
    const widget = await store.bySlug(slug);
    if (!widget) throw notFound();
    return { widget, brand: await brandOf(widget) };
  };

  await addScripts(ctx);

  await ctx.routes.add({
    method: 'get', claim: '/api/sdk/config', path: '', summary: 'Public configuration of a chat widget', access: 'public',
    perMinute: 600, cors: true, query: configQuery,
    async handle({ query, headers }) {
      const tenant = query.tenant ? await ctx.brands.get(query.tenant) : null;
      if (query.tenant && !tenant) throw notFound();
      const widget = query.widget ? await store.find(query.widget) : tenant && await firstOf(tenant);
      if (!widget || (tenant && widget.brandId !== tenant.id)) throw notFound();
      const body = await config.launcher(widget, await brandOf(widget), { locale: query.locale, acceptLanguage: headers['accept-language'] });
      return cached(JSON.stringify(body), headers['if-none-match'], { body });
    },
  });

  await ctx.routes.add({
    method: 'get', claim: '/widget', path: '/:slug', summary: 'The chat widget', access: 'public', params: bySlug, query: appQuery,
    async handle({ params, query, headers }) {
      const { widget, brand } = await load(params.slug);
      const app = await config.app(widget, brand, { locale: query.locale, acceptLanguage: headers['accept-language'] });
      const page = appPage(app, await appFiles(app.widget.theme));
      const isOpen = widget.allowedOrigins.length === 0 && !query.preview;
      const frameAncestors = isOpen ? ['*'] : ["'self'", ...(query.preview ? [] : widget.allowedOrigins)];
      return { html: page, frameAncestors, headers: { 'Cache-Control': 'private, no-cache', Vary: 'Accept-Language' } };
    },
  });

  await ctx.routes.add({
    method: 'get', claim: '/widget', path: '/:slug/live', summary: 'The page behind the live preview', access: 'public', params: bySlug, query: pageQuery,
    async handle({ params, query, headers }) {
      const { widget, brand } = await load(params.slug);
      const wish = { locale: query.locale, acceptLanguage: headers['accept-language'] };
      const html = livePage(await config.launcher(widget, brand, wish), await liveFiles());
      return { html, frameAncestors: ["'self'"], headers: { 'Cache-Control': 'private, no-cache', Vary: 'Accept-Language', 'X-Robots-Tag': 'noindex' } };
    },
  });

  await ctx.routes.add({
    method: 'get', claim: '/widget', path: '/:slug/preview', summary: 'A page to try the chat widget on', access: 'public', params: bySlug, query: pageQuery,
    async handle({ params, query, headers }) {
      const { widget, brand } = await load(params.slug);
      const locale = await config.localeFor(brand, { locale: query.locale, acceptLanguage: headers['accept-language'] }, widget);
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
