import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flatten } from '../i18n/load-i18n.ts';

/** Locale → key → text, of one plugin; known with its code off. */
export type PluginTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Reads `locales/<lng>.json` of a plugin. A file that is no JSON object is passed over. */
export async function readPluginTexts(dir: string): Promise<PluginTexts> {
  const texts: Record<string, Record<string, string>> = {};
  const files = await readdir(join(dir, 'locales')).catch(() => []);
  for (const file of files.filter((name) => /^[A-Za-z0-9-]+\.json$/.test(name))) {
    try {
      texts[file.slice(0, -5)] = flatten(JSON.parse(await readFile(join(dir, 'locales', file), 'utf8')) as never);
    } catch {
      continue;
    }
  }
  return texts;
}

/** A text of a plugin in a language, with that language's base and English behind it; the key itself when nobody wrote it. */
export function pluginText(texts: PluginTexts, key: string, locale: string): string {
  const base = locale.split('-')[0] ?? locale;
  return texts[locale]?.[key] ?? texts[base]?.[key] ?? texts.en?.[key] ?? key;
}
