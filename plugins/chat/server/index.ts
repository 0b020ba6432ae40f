import { definePlugin } from '@plugboard/sdk';
import { manifest } from '../manifest.ts';
import { addScriptRoutes } from './bundle.routes.ts';
import { createDefaultWidgets } from './default-widgets.ts';
import { Help } from './help.ts';
import { addIconRoutes } from './icons.routes.ts';
import { addPageRoutes, addShowRoutes } from './pages.routes.ts';
import { addPreviewRoutes } from './preview.routes.ts';
import { PublicConfig } from './public-config.ts';
import { Translations } from './translations.ts';
import { addTranslationRoutes } from './translations.routes.ts';
import { addVisitors } from './visitors.ts';
import { WidgetStore } from './widget.store.ts';
import { addWidgetRoutes } from './widgets.routes.ts';

export default definePlugin({
  manifest,
  async setup(ctx) {
    const store = new WidgetStore(ctx.db);
    const translations = new Translations(ctx);
    const help = new Help(ctx);
    const config = new PublicConfig(ctx, translations, help);
    const channel = await ctx.channels.register({
      id: 'chat', label: 'name', icon: 'comments',
      capabilities: { typing: true, readState: true, attachments: true, richText: true, presence: true },
    });
    await addWidgetRoutes(ctx, store);
    await addIconRoutes(ctx);
    await addTranslationRoutes(ctx, store, translations);
    await addPreviewRoutes(ctx, store, config);
    await addScriptRoutes(ctx);
    await addPageRoutes(ctx, store, config);
    await addShowRoutes(ctx, store, config);
    await addVisitors(ctx, { store, config, channel, help });
  },
  cluster: { activate: createDefaultWidgets },
});
