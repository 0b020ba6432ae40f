import { defineModule, type Module } from '../../kernel/module.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import { panelRoutes } from './panels.routes.ts';
import { pluginHooks } from './plugin.hooks.ts';
import { pluginPolicies } from './plugin.policy.ts';
import { pluginRoutes } from './plugins.routes.ts';

export { presentCards } from './panels.ts';
export { setupDepsOf } from './setup-deps.ts';

/** The plugin host is made after the modules: they ask for it when a request comes. */
export type HostOf = () => PluginHost;

export const createPluginsModule = (host: HostOf): Module => defineModule({
  id: 'plugins',
  routes: [...pluginRoutes(host), ...panelRoutes(host)],
  policies: pluginPolicies,
  hooks: pluginHooks,
});
