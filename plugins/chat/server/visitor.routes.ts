import { PluginError, z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { acceptedLocales } from './locale.ts';
import type { PublicConfig } from './public-config.ts';
import { idSchema } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const claim = '/widget';
const bySlug = z.strictObject({ slug: z.string().max(80) });
const sessionBody = z.strictObject({ locale: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35).optional() });
const sessionAnswer = z.strictObject({ token: z.string(), expiresAt: z.string(), contactId: idSchema });

const notFound = () => new PluginError('not_found', 404);

/** What a visitor's browser asks over HTTP: a session, and files. */
export async function addVisitorRoutes(ctx: PluginContext, store: WidgetStore, config: PublicConfig): Promise<void> {
  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/session', summary: 'Start a visitor session', access: 'public', perMinute: 600,
    params: bySlug, body: sessionBody, response: sessionAnswer,
    async handle({ params, body, headers }) {
      const widget = await store.bySlug(params.slug);
      const brand = widget && await ctx.brands.get(widget.brandId);
      if (!brand) throw notFound();
      const locale = await config.localeFor(brand, { locale: body.locale ?? acceptedLocales(headers['accept-language'])[0] });
      const contact = await ctx.contacts.create({ brandId: brand.id, kind: 'anonymous', locale });
      const session = await ctx.contacts.sessions.create(contact.id);
      return { status: 201, body: { token: session.token, expiresAt: session.expiresAt, contactId: contact.id }, headers: { 'Cache-Control': 'no-store' } };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/files', summary: 'Upload a file for a message', access: 'contact', perMinute: 60, upload: true, params: bySlug,
    async handle({ contactId, upload }) {
      if (!contactId) throw new PluginError('unauthenticated', 401);
      if (!upload) throw new PluginError('file_missing', 400);
      return { status: 201, body: await ctx.files.claimUpload({ uploadId: upload.id, contactId }) };
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
