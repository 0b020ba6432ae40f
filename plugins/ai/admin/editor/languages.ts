import type { Language } from '../types.ts';

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ug', 'ckb', 'dv']);

export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** A language by its name in the language on screen; its code where there is none. */
export function nameOf(locale: string, shownIn: string = document.documentElement.lang || 'en'): string {
  try {
    const name = new Intl.DisplayNames([shownIn], { type: 'language' }).of(locale) ?? locale;
    return name.charAt(0).toLocaleUpperCase(shownIn) + name.slice(1);
  } catch {
    return locale;
  }
}

export const languageOf = (locale: string): Language => ({ id: locale, name: nameOf(locale), direction: directionOf(locale) });

/** Languages that people of the world write in. */
export const customary = [
  'ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb', 'nl',
  'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'ur', 'vi', 'zh',
];
