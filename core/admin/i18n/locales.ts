/** Languages of the operator app, each by its own name. */
export const locales = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
  { code: 'ar', name: 'العربية' },
] as const;

export const isLocale = (code: string): boolean => locales.some((locale) => locale.code === code);

/** The best of ours for a list of tags such as `navigator.languages`. */
export function pickLocale(wanted: readonly string[]): string {
  return wanted.map((tag) => tag.split('-')[0] ?? '').find(isLocale) ?? 'en';
}
