import { definePlugin } from '@plugboard/sdk';
import { manifest } from '../manifest.ts';
import { createDefaultWidgets } from './default-widgets.ts';
import { addPageRoutes } from './pages.routes.ts';
import { PublicConfig } from './public-config.ts';
import { addVisitorRoutes } from './visitor.routes.ts';
import { addVisitorSockets } from './visitors.ts';
import { WidgetStore } from './widget.store.ts';
import { addWidgetRoutes } from './widgets.routes.ts';

export default definePlugin({
  manifest,
  async setup(ctx) {
    const store = new WidgetStore(ctx.db);
    const config = new PublicConfig(ctx);
    const channel = await ctx.channels.register({
      id: 'chat', label: 'name', icon: 'comments',
      capabilities: { typing: true, readState: true, attachments: true, richText: true, presence: true },
    });
    await addWidgetRoutes(ctx, store);
    await addPageRoutes(ctx, store, config);
    await addVisitorRoutes(ctx, store, config);
    await addVisitorSockets(ctx, store, channel);
  },
  cluster: { activate: createDefaultWidgets },
});
