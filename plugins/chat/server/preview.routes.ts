import { PluginError, z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { previewAnswer, previewBody } from './preview.schema.ts';
import type { PublicConfig } from './public-config.ts';
import { changedWidget } from './widget.change.ts';
import { idSchema } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

/** What visitors would get from a draft, made as it is made for them. Nothing is kept. */
export async function addPreviewRoutes(ctx: PluginContext, store: WidgetStore, config: PublicConfig): Promise<void> {
  await ctx.routes.add({
    method: 'post', claim: '/api/v1/widgets', path: '/:id/preview', summary: 'Public configuration that a draft of a chat widget leads to',
    access: { ability: 'widgets.manage' }, perMinute: 1_200, params: z.strictObject({ id: idSchema }), body: previewBody, response: previewAnswer,
    async handle({ params, body }) {
      const saved = await store.byId(params.id);
      if (!saved) throw new PluginError('not_found', 404);
      const widget = changedWidget(saved, body.draft);
      const brand = await ctx.brands.get(widget.brandId);
      if (!brand) throw new PluginError('invalid', 400, { errors: [{ path: 'draft.brandId', code: 'unknown', message: 'unknown' }] });
      const wish = { exact: body.locale ?? await config.localeFor(brand, {}, widget) };
      return { body: { launcher: await config.launcher(widget, brand, wish, body.texts), app: await config.app(widget, brand, wish, body.texts) } };
    },
  });
}
