import { defineModule, type Module } from '../../kernel/module.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { startDelivery } from './deliver-replies.ts';

export { createPluginServices } from './plugin-services.ts';

/** How messages come in from plugins' channels and go out by them. Who provides a channel is kept by the plugin host. */
export const createChannelsModule = (providers: () => Providers): Module =>
  defineModule({ id: 'channels', start: (kernel) => startDelivery(kernel, providers) });
