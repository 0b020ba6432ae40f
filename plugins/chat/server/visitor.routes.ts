import { PluginError, z } from '@plugboard/sdk';
import type { BrandDto, ContactDto, PluginContext, PluginRequest } from '@plugboard/sdk';
import { acceptedLocales } from './locale.ts';
import type { PublicConfig } from './public-config.ts';
import { refuseForeignPage } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { sessionAnswer, sessionBody } from './visitor.schema.ts';
import { idSchema } from './widget.schema.ts';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

export const claim = '/widget';
export const bySlug = z.strictObject({ slug: z.string().max(80) });
export const notFound = () => new PluginError('not_found', 404);

/** Who asks, at which widget: its own brand's contact, as the host found it by the session. */
export interface VisitorAt { widget: Widget; brand: BrandDto; contact: ContactDto; token: string }

/** Loads what a request of a visitor is about. */
export class VisitorPlace {
  readonly #ctx: PluginContext;
  readonly #store: WidgetStore;

  constructor(ctx: PluginContext, store: WidgetStore) {
    this.#ctx = ctx;
    this.#store = store;
  }

  async widget(slug: string): Promise<{ widget: Widget; brand: BrandDto }> {
    const widget = await this.#store.bySlug(slug);
    const brand = widget && await this.#ctx.brands.get(widget.brandId);
    if (!widget || !brand) throw notFound();
    return { widget, brand };
  }

  async visitor({ params, contactId, headers }: Pick<PluginRequest<{ slug: string }>, 'params' | 'contactId' | 'headers'>): Promise<VisitorAt> {
    const [{ widget, brand }, contact] = await Promise.all([this.widget(params.slug), contactId === null ? null : this.#ctx.contacts.get(contactId)]);
    if (!contact || contact.brandId !== brand.id) throw new PluginError('unauthenticated', 401);
    return { widget, brand, contact, token: bearerOf(headers) };
  }
}

export const bearerOf = (headers: Record<string, string>): string => /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';

/** Nobody writes or sends files who did not prove an address, where the widget asks for that. */
export function refuseUnproved(widget: Widget, contact: Pick<ContactDto, 'kind'> | null): void {
  if (widget.security.requireAuthentication && contact?.kind !== 'verified') throw new PluginError('authentication_required', 403);
}

/** Answers about a person are kept nowhere. */
export const unkept = { 'Cache-Control': 'no-store' };

/** What a visitor's browser asks over HTTP: a session, and files. */
export async function addVisitorRoutes(ctx: PluginContext, place: VisitorPlace, config: PublicConfig, sessions: Sessions): Promise<void> {
  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/session', summary: 'Start, go on with or sign in a visitor session', access: 'public', perMinute: 600, answersSecret: true,
    params: bySlug, body: sessionBody, response: sessionAnswer,
    async handle({ params, body, headers }) {
      refuseForeignPage(headers, ctx.publicUrl);
      const { widget, brand } = await place.widget(params.slug);
      const locale = await config.localeFor(brand, { locale: body.locale ?? acceptedLocales(headers['accept-language'])[0] }, widget);
      return { status: 201, body: await sessions.begin(widget, brand, body, locale), headers: unkept };
    },
  });

  await ctx.routes.add({
    method: 'delete', claim, path: '/:slug/session', summary: 'Sign a visitor\'s browser out', access: 'contact', params: bySlug,
    async handle({ headers }) {
      await sessions.leave(bearerOf(headers));
      return { status: 204 };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/files', summary: 'Upload a file for a message', access: 'contact', perMinute: 60, upload: true, params: bySlug,
    async handle(request) {
      const { widget, contact } = await place.visitor(request);
      refuseUnproved(widget, contact);
      if (!request.upload) throw new PluginError('file_missing', 400);
      return { status: 201, body: await ctx.files.claimUpload({ uploadId: request.upload.id, contactId: contact.id }) };
    },
  });

  await ctx.routes.add({
    method: 'get', claim, path: '/:slug/files/:id', summary: 'Read a file of the visitor\'s conversations', access: 'contact', perMinute: 600,
    params: bySlug.extend({ id: idSchema }),
    async handle({ params, contactId }) {
      if (!contactId) throw new PluginError('unauthenticated', 401);
      const file = await ctx.files.get({ fileId: params.id, contactId });
      if (!file) throw notFound();
      return { file: file.id, contactId };
    },
  });
}
