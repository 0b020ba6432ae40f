import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@plugboard/sdk';

const dist = join(import.meta.dirname, '..', 'dist');

interface Entry { file: string; css?: string[]; imports?: string[] }
export interface AppFiles { script: string; preload: string[]; styles: string[] }
export interface Loader { script: string; etag: string }

/** Reads a built file again when it was built again. */
function watched<T>(path: string, parse: (text: string) => T): () => Promise<T> {
  let kept: { changedAt: number; value: T } | null = null;
  return async () => {
    try {
      const changedAt = (await stat(path)).mtimeMs;
      if (kept?.changedAt !== changedAt) kept = { changedAt, value: parse(await readFile(path, 'utf8')) };
      return kept.value;
    } catch {
      throw new PluginError('widget_not_built', 503);
    }
  };
}

type Manifest = Record<string, Entry>;
const manifest = watched(join(dist, 'widget', 'manifest.json'), (text) => JSON.parse(text) as Manifest);

/** The host page's script. */
export const loader: () => Promise<Loader> = watched(join(dist, 'loader', 'widget.js'), (script) => ({
  script, etag: `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"`,
}));

/** Names of the widget app's files under the surface's address. */
export async function appFiles(): Promise<AppFiles> {
  const entries = await manifest();
  const entry = entries['app/main.ts'];
  if (!entry) throw new PluginError('widget_not_built', 503);
  return { script: entry.file, preload: (entry.imports ?? []).flatMap((name) => entries[name]?.file ?? []), styles: entry.css ?? [] };
}

/** Style of the page that shows a widget at work. */
export async function previewStyle(): Promise<string> {
  const entry = (await manifest())['preview/preview.css'];
  if (!entry) throw new PluginError('widget_not_built', 503);
  return entry.file;
}
