import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import type { SetupDeps } from '../setup/index.ts';
import { setActivation } from './change-plugin.ts';
import { listPlugins } from './plugin-views.ts';

/** What the desk offers to switch on from the start. */
const suggestedCategories = new Set(['channel', 'assistant']);

/** What the set-up wizard asks the plugin host. */
export const setupDepsOf = (host: () => PluginHost): SetupDeps => ({
  async listPlugins(ctx) {
    const plugins = await listPlugins(host(), ctx.locale);
    return plugins.filter((plugin) => plugin.phase !== 'incompatible' && plugin.phase !== 'missing').map(({ id, name, description, category, permissions, isShipped }) => (
      { id, name, description, category, permissions, isSuggested: isShipped && suggestedCategories.has(category) }));
  },
  async activatePlugin(ctx, id, consent) {
    await setActivation(ctx, host(), { id, active: true, consent });
  },
});
