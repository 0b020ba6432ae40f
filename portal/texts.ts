import english from '../locales/en/portal.json';

export type Texts = Record<keyof typeof english, string>;

const files = import.meta.glob<Texts>('../locales/*/portal.json', { import: 'default' });
const choice = 'plugboard:portal:locale';
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** Every language that the portal's texts exist in. */
export const locales = Object.keys(files).map((path) => path.split('/').at(-2) ?? 'en').sort();

/** The language that the visitor chose here before; null when it was never chosen. */
export function chosenLocale(): string | null {
  const locale = localStorage.getItem(choice);
  return locale && locales.includes(locale) ? locale : null;
}

export function rememberLocale(locale: string): void {
  localStorage.setItem(choice, locale);
}

export async function loadTexts(locale: string): Promise<Texts> {
  const load = files[`../locales/${locale}/portal.json`];
  return { ...english, ...(load ? await load() : {}) };
}

export const isRightToLeft = (locale: string) => rightToLeft.has(locale.split('-')[0] ?? '');
