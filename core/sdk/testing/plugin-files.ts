import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keys of each language of a plugin. */
export async function readLocales(dir: string): Promise<Map<string, Set<string>>> {
  const locales = new Map<string, Set<string>>();
  for (const file of (await readdir(join(dir, 'locales'))).filter((name) => name.endsWith('.json'))) {
    const keys = new Set<string>();
    collect(JSON.parse(await readFile(join(dir, 'locales', file), 'utf8')), '', keys);
    locales.set(file.slice(0, -5), keys);
  }
  return locales;
}

/** Texts of one mail by language. */
export async function readMails(dir: string, id: string): Promise<Map<string, string>> {
  const folder = join(dir, 'emails', id);
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md'));
  return new Map(await Promise.all(files.map(async (name) => [name.slice(0, -3), await readFile(join(folder, name), 'utf8')] as const)));
}

function collect(tree: unknown, prefix: string, into: Set<string>): void {
  for (const [key, value] of Object.entries(tree as Record<string, unknown>)) {
    if (typeof value === 'string') into.add(prefix + key);
    else collect(value, `${prefix}${key}.`, into);
  }
}

const leftOut = new Set(['node_modules', 'dist', 'locales', 'manifest.ts', 'plugin.json']);

/** All sources of a plugin but its manifest, as one text. */
export async function readSources(dir: string): Promise<string> {
  const parts: string[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (leftOut.has(entry.name)) continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) parts.push(await readSources(path));
    else if (/\.(ts|js|mjs)$/.test(entry.name) && !entry.name.includes('.test.')) parts.push(await readFile(path, 'utf8'));
  }
  return parts.join('\n');
}
