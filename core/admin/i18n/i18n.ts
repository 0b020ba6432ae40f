import i18next from 'i18next';
import { api } from '../sdk/api.ts';
import { isLocale, pickLocale } from './locales.ts';

const namespaces = new Set(['admin', 'settings', 'common', 'errors']);
const storageKey = 'plugboard.locale';

export { i18next };

/** The language this browser was left in, or the best of what it asks for. */
export function initialLocale(): string {
  const kept = localStorage.getItem(storageKey);
  return kept && isLocale(kept) ? kept : pickLocale(navigator.languages);
}

export async function startI18n(): Promise<void> {
  await i18next.init({
    lng: initialLocale(), resources: {}, ns: [...namespaces], defaultNS: 'admin', keySeparator: false, interpolation: { escapeValue: false },
  });
  await loadAll(i18next.language);
  reflect(i18next.language);
}

/** Loads a namespace in the language on screen, and in every later one. */
export async function loadTexts(namespace: string): Promise<void> {
  namespaces.add(namespace);
  await load(i18next.language, namespace);
}

export async function changeLocale(locale: string): Promise<void> {
  if (locale === i18next.language || !isLocale(locale)) return;
  await loadAll(locale);
  await i18next.changeLanguage(locale);
  reflect(locale);
}

const loadAll = (locale: string) => Promise.all([...namespaces].map((namespace) => load(locale, namespace)));

async function load(locale: string, namespace: string): Promise<void> {
  if (i18next.hasResourceBundle(locale, namespace)) return;
  i18next.addResourceBundle(locale, namespace, await api.get<Record<string, string>>(`/i18n/${locale}/${namespace}`));
}

function reflect(locale: string): void {
  const direction = i18next.dir(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = direction;
  localStorage.setItem(storageKey, locale);
  localStorage.setItem('plugboard.direction', direction);
}
