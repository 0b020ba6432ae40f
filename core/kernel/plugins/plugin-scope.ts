import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose code runs now, and at which point. `depth` counts the plugin actions that led here. */
export interface PluginScope { readonly pluginId: string; readonly point: string; readonly depth: number }

const storage = new AsyncLocalStorage<PluginScope | undefined>();

/** The plugin whose code runs now, if any. */
export const currentPlugin = (): PluginScope | undefined => storage.getStore();

/** Runs code of a plugin under its name. What it starts (timers, promises, listeners) keeps the name. */
export function runAsPlugin<T>(pluginId: string, point: string, work: () => T, depth?: number): T {
  return storage.run({ pluginId, point, depth: depth ?? currentPlugin()?.depth ?? 0 }, work);
}

/** Runs code of the host that a plugin's call led to, but that is not the plugin's. */
export const runAsHost = <T>(work: () => T): T => storage.run(undefined, work);
