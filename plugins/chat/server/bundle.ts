import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@plugboard/sdk';

const dist = join(import.meta.dirname, '..', 'dist');

interface Entry { file: string; css?: string[]; imports?: string[] }
/** `theme` is the style of a theme that is not the usual one. */
export interface AppFiles { script: string; preload: string[]; styles: string[]; theme: string | null }
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

/** Names of the widget app's files under the surface's address, with the theme's own tokens where it is not the usual one. */
export async function appFiles(theme: string): Promise<AppFiles> {
  const entries = await manifest();
  const entry = entries['app/main.ts'];
  if (!entry) throw new PluginError('widget_not_built', 503);
  const tokens = Object.entries(entries).find(([source]) => source.endsWith(`themes/${theme}/tokens.css`))?.[1].file;
  return {
    script: entry.file, preload: (entry.imports ?? []).flatMap((name) => entries[name]?.file ?? []),
    styles: [entry, ...(entry.imports ?? []).flatMap((name) => entries[name] ?? [])].flatMap(({ css = [] }) => css), theme: tokens ?? null,
  };
}

/** Style of the page to try a widget on. */
export async function previewStyle(): Promise<string> {
  const entry = (await manifest())['preview/preview.css'];
  if (!entry) throw new PluginError('widget_not_built', 503);
  return entry.file;
}

/** Style of the page that mails link to; without it the page is plain, and works. */
export async function unsubscribeStyle(): Promise<string | null> {
  return manifest().then((entries) => entries['pages/unsubscribe.css']?.file ?? null, () => null);
}

const liveManifest = watched(join(dist, 'live', 'manifest.json'), (text) => JSON.parse(text) as Manifest);

/** Script and style of the page behind the admin's live preview. */
export async function liveFiles(): Promise<AppFiles> {
  const entry = (await liveManifest())['live.ts'];
  if (!entry) throw new PluginError('widget_not_built', 503);
  return { script: `live/${entry.file}`, preload: [], styles: (entry.css ?? []).map((file) => `live/${file}`), theme: null };
}

const asLoader = (script: string): Loader => ({ script, etag: `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"` });

/** The host page's script. */
export const loader: () => Promise<Loader> = watched(join(dist, 'loader', 'widget.js'), asLoader);

/** Stand-ins for other chats' scripts, so that a site moves by changing an address. */
export const shimNames = ['supportpal', 'halo', 'chatwoot', 'intercom'] as const;
export type ShimName = (typeof shimNames)[number];
export const shims = Object.fromEntries(shimNames.map((name) => [name, watched(join(dist, 'compat', `${name}.js`), asLoader)])) as Record<ShimName, () => Promise<Loader>>;
