import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

const importMap = /<script type="importmap">([\s\S]*?)<\/script>/g;

export interface PageHtml { html: string; scriptHashes: string[] }

/** Reads a built page once per change of the file and hashes its import maps, the only inline scripts that the policy lets run. */
export function createPageReader(path: string): () => Promise<PageHtml | null> {
  let cached: { mtimeMs: number; page: PageHtml } | null = null;
  return async () => {
    const info = await stat(path).catch(() => null);
    if (!info) return null;
    if (cached?.mtimeMs === info.mtimeMs) return cached.page;
    const html = await readFile(path, 'utf8');
    const scriptHashes = [...html.matchAll(importMap)].map(([, text]) => `'sha256-${createHash('sha256').update(text ?? '').digest('base64')}'`);
    cached = { mtimeMs: info.mtimeMs, page: { html, scriptHashes } };
    return cached.page;
  };
}
