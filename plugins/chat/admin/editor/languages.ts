import type { ByLocale, Language } from '../types.ts';

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ug', 'ckb', 'dv']);

export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** A language by its name in the language on screen; its code where there is none. */
export function nameOf(locale: string, shownIn: string): string {
  try {
    const name = new Intl.DisplayNames([shownIn], { type: 'language' }).of(locale) ?? locale;
    return name.charAt(0).toLocaleUpperCase(shownIn) + name.slice(1);
  } catch {
    return locale;
  }
}

export const languageOf = (locale: string, shownIn: string): Language => ({ id: locale, name: nameOf(locale, shownIn), direction: directionOf(locale) });

/** Languages that people of the world ask for in chats; any other code can be typed. */
export const customary = [
  'bg', 'bn', 'ca', 'cs', 'da', 'el', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb', 'nl',
  'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'ur', 'vi', 'zh', 'zh-TW',
];

export const isLocale = (text: string): boolean => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) && text.length <= 35;

/** Of a field with texts by language: how many of these languages have one. */
export const countFilled = (texts: ByLocale, locales: readonly string[]): number => locales.filter((locale) => texts[locale]?.trim()).length;
