import type { Kernel } from '../context.ts';
import type { SdkCallers } from '../http/sdk-callers.ts';
import type { HookRegistry } from '../hooks/create-hooks.ts';
import type { PluginDirs } from './discovery.ts';
import type { PluginCalls } from './plugin-calls.ts';
import type { PluginServices } from './services.ts';

/** Everything the plugin host stands on. */
export interface PluginHostDeps {
  kernel: Kernel;
  /** The registry that `kernel.hooks` is. */
  hooks: HookRegistry;
  /** The same calls that the registry was made with. */
  calls: PluginCalls;
  services: PluginServices;
  /** Who calls `/api/sdk`. */
  sdk: SdkCallers;
  /** Version of the desk, for `engines.plugboard`. */
  version: string;
  dirs: PluginDirs;
}
