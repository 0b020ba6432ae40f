import { PluginError, z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import type { Translations } from './translations.ts';
import { canonicalLocale, localesSchema, ownTextsBody, translationSchema } from './translations.schema.ts';
import { idSchema } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

const claim = '/api/v1/widgets';
const access = { ability: 'widgets.manage' } as const;
const byId = z.strictObject({ id: idSchema });
const byLocale = z.strictObject({ id: idSchema, locale: canonicalLocale });

/** `/api/v1/widgets/<id>/translations`: each text of a widget in each language. */
export async function addTranslationRoutes(ctx: PluginContext, store: WidgetStore, translations: Translations): Promise<void> {
  const load = async (id: string) => {
    const widget = await store.byId(id);
    if (!widget) throw new PluginError('not_found', 404);
    return widget;
  };

  await ctx.routes.add({
    method: 'get', claim, path: '/:id/translations', summary: 'Languages of a chat widget', access, params: byId, response: localesSchema,
    handle: async ({ params }) => ({ body: { locales: await translations.overview(await load(params.id)) } }),
  });

  await ctx.routes.add({
    method: 'get', claim, path: '/:id/translations/:locale', summary: 'Texts of a chat widget in one language', access, params: byLocale, response: translationSchema,
    handle: async ({ params }) => ({ body: await translations.of(await load(params.id), params.locale) }),
  });

  await ctx.routes.add({
    method: 'put', claim, path: '/:id/translations/:locale', summary: 'Change texts of a chat widget', access, params: byLocale, body: ownTextsBody, response: translationSchema,
    async handle({ params, body }) {
      await translations.change(await load(params.id), params.locale, body.texts);
      return { body: await translations.of(await load(params.id), params.locale) };
    },
  });

  await ctx.routes.add({
    method: 'delete', claim, path: '/:id/translations/:locale', summary: 'Go back to the shipped texts of a chat widget', access, params: byLocale,
    async handle({ params }) {
      await translations.clear(await load(params.id), params.locale);
      return { status: 204 };
    },
  });
}
