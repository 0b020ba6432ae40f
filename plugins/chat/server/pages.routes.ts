import { createHash } from 'node:crypto';
import { PluginError, z } from '@plugboard/sdk';
import type { BrandDto, PluginContext, PluginResponse } from '@plugboard/sdk';
import { appFiles, liveFiles, previewStyle } from './bundle.ts';
import { createDefaultWidgets } from './default-widgets.ts';
import { directionOf } from './locale.ts';
import { appPage, livePage, previewPage } from './pages.ts';
import type { PublicConfig, Wish } from './public-config.ts';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const claim = '/widget';
const localeSchema = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35).optional();
const bySlug = z.strictObject({ slug: z.string().max(80) });
const pageQuery = z.object({ locale: localeSchema });
/** `preview` is asked for by the admin's live preview: the page then hears what it is to show. */
const appQuery = pageQuery.extend({ preview: z.literal('1').optional() });
const configQuery = z.object({ widget: z.string().max(100).optional(), tenant: z.string().max(80).optional(), locale: localeSchema });

interface Asked { query: { locale?: string | undefined }; headers: Record<string, string> }
const wishOf = ({ query, headers }: Asked): Wish => ({ locale: query.locale, acceptLanguage: headers['accept-language'] });
const fresh = { 'Cache-Control': 'private, no-cache', Vary: 'Accept-Language' };
const notFound = () => new PluginError('not_found', 404);

/** 304 when the caller has this text already. */
function cached(text: string, ifNoneMatch: string | undefined, answer: PluginResponse): PluginResponse {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=60', Vary: 'Accept-Language' };
  return ifNoneMatch === etag ? { status: 304, headers } : { ...answer, headers };
}

async function brandOf(ctx: PluginContext, widget: Widget): Promise<BrandDto> {
  const brand = await ctx.brands.get(widget.brandId);
  if (!brand) throw notFound();
  return brand;
}

async function load(ctx: PluginContext, store: WidgetStore, slug: string): Promise<{ widget: Widget; brand: BrandDto }> {
  const widget = await store.bySlug(slug);
  if (!widget) throw notFound();
  return { widget, brand: await brandOf(ctx, widget) };
}

/** The brand's first widget. One that came after the channel went on gets it when somebody asks. */
async function firstOf(ctx: PluginContext, store: WidgetStore, brand: BrandDto): Promise<Widget | null> {
  const widget = await store.firstOfBrand(brand.id);
  if (widget) return widget;
  await createDefaultWidgets(ctx);
  return store.firstOfBrand(brand.id);
}

/** The iframe's page, and the public configuration. */
export async function addPageRoutes(ctx: PluginContext, store: WidgetStore, config: PublicConfig): Promise<void> {
  await ctx.routes.add({
    method: 'get', claim: '/api/sdk/config', path: '', summary: 'Public configuration of a chat widget', access: 'public',
    perMinute: 600, cors: true, query: configQuery,
    async handle(request) {
      const { query, headers } = request;
      const tenant = query.tenant ? await ctx.brands.get(query.tenant) : null;
      if (query.tenant && !tenant) throw notFound();
      const widget = query.widget ? await store.find(query.widget) : tenant && await firstOf(ctx, store, tenant);
      if (!widget || (tenant && widget.brandId !== tenant.id)) throw notFound();
      const body = await config.launcher(widget, await brandOf(ctx, widget), wishOf(request));
      return cached(JSON.stringify(body), headers['if-none-match'], { body });
    },
  });

  await ctx.routes.add({
    method: 'get', claim, path: '/:slug', summary: 'The chat widget', access: 'public', params: bySlug, query: appQuery,
    async handle(request) {
      const { widget, brand } = await load(ctx, store, request.params.slug);
      const app = await config.app(widget, brand, wishOf(request));
      const { allowedOrigins } = widget;
      const frameAncestors = request.query.preview ? ["'self'"] : allowedOrigins.length > 0 ? ["'self'", ...allowedOrigins] : ['*'];
      return { html: appPage(app, await appFiles(app.widget.theme)), frameAncestors, headers: fresh };
    },
  });
}

/** Pages that show a widget at work: one to try it on, and the one that the admin's live preview draws on. */
export async function addShowRoutes(ctx: PluginContext, store: WidgetStore, config: PublicConfig): Promise<void> {
  const shared = { method: 'get', claim, access: 'public', params: bySlug, query: pageQuery } as const;

  await ctx.routes.add({
    ...shared, path: '/:slug/live', summary: 'The page behind the live preview of a chat widget',
    async handle(request) {
      const { widget, brand } = await load(ctx, store, request.params.slug);
      const html = livePage(await config.launcher(widget, brand, wishOf(request)), await liveFiles());
      return { html, frameAncestors: ["'self'"], headers: { ...fresh, 'X-Robots-Tag': 'noindex' } };
    },
  });

  await ctx.routes.add({
    ...shared, path: '/:slug/preview', summary: 'A page to try the chat widget on',
    async handle(request) {
      const { widget, brand } = await load(ctx, store, request.params.slug);
      const locale = await config.localeFor(brand, wishOf(request), widget);
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
