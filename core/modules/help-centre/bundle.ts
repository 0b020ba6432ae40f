import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What the portal's build made: addresses of its files, and the script that runs before the first paint. */
export interface Bundle {
  script: string;
  styles: string[];
  /** The typeface of Latin letters, which most pages need at once. */
  font: string | null;
  early: string;
  /** `'sha256-…'` of `early`, for the content security policy. */
  earlyHash: string;
}
interface Chunk { file: string; isEntry?: boolean; css?: string[]; assets?: string[] }

const base = '/portal/';
export const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Reads the build's list of files once per change of it. Answers null while there is no build. */
export function createBundleReader(dist: string): () => Promise<Bundle | null> {
  const path = join(dist, '.vite', 'manifest.json');
  let kept: { mtimeMs: number; bundle: Bundle } | null = null;
  return async () => {
    const info = await stat(path).catch(() => null);
    if (!info) return null;
    if (kept?.mtimeMs === info.mtimeMs) return kept.bundle;
    const chunks = Object.values(JSON.parse(await readFile(path, 'utf8')) as Record<string, Chunk>);
    const entry = chunks.find(({ isEntry }) => isEntry);
    if (!entry) return null;
    const early = (await readFile(join(dist, 'assets', 'mode.js'), 'utf8')).trim();
    const font = chunks.flatMap(({ file, assets = [] }) => [file, ...assets]).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
    const bundle = { script: base + entry.file, styles: (entry.css ?? []).map((file) => base + file), font: font === undefined ? null : base + font, early, earlyHash: hashOf(early) };
    kept = { mtimeMs: info.mtimeMs, bundle };
    return bundle;
  };
}
