import { defineModule } from '../../kernel/module.ts';

export { createPluginServices } from './plugin-services.ts';

/** How messages come in from plugins' channels. Who provides a channel is kept by the plugin host, which takes it away with the plugin. */
export const channelsModule = defineModule({ id: 'channels' });
