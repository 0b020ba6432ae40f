import { shallowReactive, shallowRef } from 'vue';
import { api } from '../sdk/api.ts';
import type { AdminPlugin } from '../sdk/plugin.ts';
import { runPlugin, type HostDeps, type LoadedPlugin } from './loaded-plugin.ts';

export interface AdminModule { id: string; version: string; url: string }

/** Why a plugin's browser code is not on screen. */
export const failedPlugins = shallowReactive(new Map<string, string>());
/** Plugins whose newer version needs a reload of the page. */
export const outdatedPlugins = shallowReactive(new Set<string>());
/** True once the modules were asked for: a page that is still missing then is really not there. */
export const isHostReady = shallowRef(false);

export interface PluginHost {
  /** Compares what runs with what should, and loads or takes away the difference. Call it on `plugins:changed` and on sign-in. */
  sync(): Promise<void>;
  /** Takes everything away: on sign-out. */
  stop(): void;
}

const timeoutMs = 10_000;

/** Keeps the browser modules of active plugins loaded, and only those. */
export function createAdminPluginHost(deps: HostDeps, load: (url: string) => Promise<unknown> = (url) => import(/* @vite-ignore */ url)): PluginHost {
  const loaded = new Map<string, LoadedPlugin>();
  let turn: Promise<void> = Promise.resolve();
  let generation = 0;

  const remove = (id: string) => {
    loaded.get(id)?.dispose();
    loaded.delete(id);
    failedPlugins.delete(id);
    outdatedPlugins.delete(id);
  };
  const add = async (module: AdminModule, mine: number) => {
    try {
      const plugin = await within(timeoutMs, async () => {
        const found = await load(module.url) as { default?: AdminPlugin };
        if (typeof found.default?.setup !== 'function') throw new Error('the module has no default export made by defineAdminPlugin');
        return runPlugin(found.default, { id: module.id, version: module.version }, deps);
      });
      if (mine !== generation) return plugin.dispose();
      loaded.set(module.id, plugin);
      failedPlugins.delete(module.id);
    } catch (error) {
      failedPlugins.set(module.id, error instanceof Error ? error.message : String(error));
    }
  };
  const run = async (mine: number) => {
    const { data } = await api.get<{ data: AdminModule[] }>('/plugins/admin-modules');
    if (mine !== generation) return;
    const wanted = new Map(data.map((module) => [module.id, module]));
    for (const id of [...loaded.keys(), ...failedPlugins.keys()]) if (!wanted.has(id)) remove(id);
    await Promise.all(data.map((module) => {
      const present = loaded.get(module.id);
      if (!present) return add(module, mine);
      if (present.version !== module.version) outdatedPlugins.add(module.id);
      return undefined;
    }));
  };

  return {
    sync() {
      const mine = generation;
      turn = turn.then(() => run(mine)).catch((error: unknown) => console.warn('The list of plugin modules could not be read', error)).finally(() => { isHostReady.value = true; });
      return turn;
    },
    stop() {
      generation += 1;
      for (const id of [...loaded.keys()]) remove(id);
      failedPlugins.clear();
      isHostReady.value = false;
    },
  };
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`it did not load within ${ms / 1000} s`)), ms); });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
