import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const entries: Record<string, string> = {
  '@plugboard/sdk': new URL('../../sdk/index.ts', import.meta.url).href,
  '@plugboard/sdk/testing': new URL('../../sdk/testing/index.ts', import.meta.url).href,
};
let isRegistered = false;

/**
 * Lets a plugin import `@plugboard/sdk` from wherever its folder is, and always this desk's own copy: so there is
 * one `PluginError`, one zod, and no second SDK in a plugin's node_modules that could disagree.
 */
export function provideSdk(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerHooks({
    resolve(specifier, context, next) {
      const url = entries[specifier];
      return url ? { url, shortCircuit: true } : next(specifier, context);
    },
  });
}

/** Imports a file by path. Each URL is imported once for the life of the process, also when that failed: `attempt` makes another. */
export async function importFile(path: string, attempt = 0): Promise<unknown> {
  const url = pathToFileURL(path);
  if (attempt > 0) url.searchParams.set('attempt', String(attempt));
  const loaded = await import(/* @vite-ignore */ url.href) as { default?: unknown };
  return loaded.default;
}
