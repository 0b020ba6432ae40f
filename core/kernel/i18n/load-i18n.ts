import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import i18next, { type Resource } from 'i18next';
import type { I18n } from './i18n.ts';

type Tree = { [key: string]: string | Tree };

const rtl = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'sd', 'yi', 'dv', 'ckb']);

/** `{ a: { b: 'x' } }` → `{ 'a.b': 'x' }`. */
export function flatten(tree: Tree, prefix = '', into: Record<string, string> = {}): Record<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === 'string') into[path] = value;
    else flatten(value, path, into);
  }
  return into;
}

async function readLocales(dir: string): Promise<Resource> {
  const resources: Resource = {};
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const namespaces: Record<string, Tree> = {};
    for (const file of await readdir(join(dir, entry.name))) {
      if (file.endsWith('.json')) namespaces[file.slice(0, -5)] = JSON.parse(await readFile(join(dir, entry.name, file), 'utf8')) as Tree;
    }
    resources[entry.name] = namespaces;
  }
  return resources;
}

/** `de-AT,de;q=0.9,en;q=0.5` → tags, best first. A header that makes no sense gives an empty list. */
function parseAcceptLanguage(header: string): string[] {
  return header.slice(0, 500).split(',').map((part, index) => {
    const [tag = '', quality] = part.trim().split(/;\s*q=/);
    const weight = quality === undefined ? 1 : Number(quality);
    return { tag: tag.trim(), weight: Number.isFinite(weight) ? weight : 0, index };
  }).filter(({ tag, weight }) => weight > 0 && /^[A-Za-z0-9-]{2,35}$/.test(tag))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .map(({ tag }) => tag);
}

/** Reads every text below `dir` (`<lng>/<namespace>.json`) once. */
export async function loadI18n(dir: string): Promise<I18n> {
  const resources = await readLocales(dir);
  const instance = i18next.createInstance();
  await instance.init({ resources, fallbackLng: 'en', ns: Object.keys(resources.en ?? {}), defaultNS: 'common', interpolation: { escapeValue: false }, returnNull: false });
  const locales = Object.keys(resources).sort((a, b) => (a === 'en' ? -1 : b === 'en' ? 1 : a.localeCompare(b)));
  const byLowerCase = new Map(locales.map((locale) => [locale.toLowerCase(), locale]));

  const match = (tag: string): string | undefined => {
    for (let part = tag.toLowerCase(); part; part = part.slice(0, Math.max(part.lastIndexOf('-'), 0))) {
      const found = byLowerCase.get(part);
      if (found) return found;
    }
    return undefined;
  };

  return {
    t: (key, locale, values) => instance.t(key, { lng: locale, ...values }),
    locales: () => [...locales],
    negotiate(wanted, fallback = 'en') {
      const tags = typeof wanted === 'string' ? parseAcceptLanguage(wanted) : wanted ?? [];
      for (const tag of tags) {
        const found = match(tag);
        if (found) return found;
      }
      return match(fallback) ?? 'en';
    },
    texts: (locale, namespace) => ({
      ...flatten((instance.getResourceBundle('en', namespace) ?? {}) as Tree),
      ...flatten((instance.getResourceBundle(locale, namespace) ?? {}) as Tree),
    }),
    addPlugin(pluginId, texts) {
      const namespace = `plugin.${pluginId}`;
      for (const [locale, bundle] of Object.entries(texts)) instance.addResourceBundle(locale, namespace, bundle, true, true);
      return () => { for (const locale of Object.keys(texts)) instance.removeResourceBundle(locale, namespace); };
    },
    direction: (locale) => (rtl.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'),
  };
}
