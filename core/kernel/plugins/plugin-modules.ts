import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext, ClusterContext, ParsedManifest, PluginContext, SettingsCheck } from '@plugboard/sdk';
import type { Discovered } from './discovery.ts';
import { runAsPlugin } from './plugin-scope.ts';
import { importFile, provideSdk } from './sdk-resolution.ts';

const importMs = 10_000;

type Values = Record<string, unknown>;
type ClusterStep = (ctx: ClusterContext<Values>) => Promise<void>;

/** What a plugin's server entry exports, as the host calls it: its own settings type is known to the plugin alone. */
export interface LoadedPlugin {
  manifest: { id: string };
  setup(ctx: PluginContext): Promise<void> | void;
  checkSettings?(values: Values, ctx: CheckContext): Promise<SettingsCheck>;
  cluster?: { install?: ClusterStep; upgrade?(ctx: ClusterContext<Values>, from: string): Promise<void>; activate?: ClusterStep; deactivate?: ClusterStep; uninstall?: ClusterStep };
}

/** Server code of plugins, imported once for each folder: a new version is a new folder. */
export class PluginModules {
  readonly #loaded = new Map<string, { version: string; definition: LoadedPlugin }>();
  /** How often the import of a folder failed: the next try needs another URL. */
  readonly #failures = new Map<string, number>();

  /** Null for a plugin without server code, such as a language. */
  async load(found: Discovered, manifest: ParsedManifest): Promise<LoadedPlugin | null> {
    const { server } = manifest.entry;
    if (!server) return null;
    const loaded = this.#loaded.get(found.dir);
    if (loaded && loaded.version !== manifest.version) throw new Error(`version ${manifest.version} took the place of ${loaded.version} in the same folder: it starts with the next restart`);
    if (loaded) return loaded.definition;
    const path = join(found.dir, server);
    if (!existsSync(path)) throw new Error(`${server} is missing`);
    provideSdk();
    const attempt = this.#failures.get(found.dir) ?? 0;
    try {
      const definition = definitionOf(await within(importMs, server, runAsPlugin(found.id, 'import', () => importFile(path, attempt), 0)), found.id);
      this.#loaded.set(found.dir, { version: manifest.version, definition });
      return definition;
    } catch (error) {
      this.#failures.set(found.dir, attempt + 1);
      throw error;
    }
  }
}

function definitionOf(value: unknown, id: string): LoadedPlugin {
  const definition = value as LoadedPlugin | undefined;
  if (typeof definition?.setup !== 'function') throw new Error('its default export is not what definePlugin answers');
  if (definition.manifest?.id !== id) throw new Error(`its code says it is ${String(definition.manifest?.id)}, its manifest says ${id}`);
  return definition;
}

/** An import cannot be ended, only no longer waited for. */
function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`importing ${what} took longer than ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
