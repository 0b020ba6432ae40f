import english from '../locales/en/portal.json';

export type TextKey = keyof typeof english;
export type Texts = Record<TextKey, string>;

const files = import.meta.glob<Texts>('../locales/*/portal.json', { import: 'default' });
const localeOf = (path: string) => path.split('/').at(-2) ?? 'en';
const remembered = 'plugboard:portal:locale';

/** Every language that the portal's texts exist in. */
export const locales = Object.keys(files).map(localeOf).sort();

/** The first wanted language that there is, by its whole tag or by its first part; English behind all. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): string {
  const tags = wanted.flatMap((tag) => (tag ? [tag, tag.split('-')[0] ?? tag] : []));
  return tags.find((tag) => locales.includes(tag)) ?? 'en';
}

export function currentLocale(brandLocale: string): string {
  return chooseLocale([localStorage.getItem(remembered), ...navigator.languages, brandLocale]);
}

export function rememberLocale(locale: string): void {
  localStorage.setItem(remembered, locale);
}

export async function loadTexts(locale: string): Promise<Texts> {
  const load = files[`../locales/${locale}/portal.json`];
  return { ...english, ...(load ? await load() : {}) };
}

export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

export const isRightToLeft = (locale: string) => new Set(['ar', 'fa', 'he', 'ur']).has(locale.split('-')[0] ?? '');
