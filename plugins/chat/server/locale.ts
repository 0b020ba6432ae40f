/** Locale tags of an Accept-Language header, the preferred first. */
export function acceptedLocales(header: string | undefined): string[] {
  return (header ?? '').slice(0, 500).split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality), index };
    })
    .filter(({ tag, quality }) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && quality > 0)
    .sort((one, other) => other.quality - one.quality || one.index - other.index)
    .map(({ tag }) => tag);
}

/** The first wish that the desk can meet, by the whole tag or its language; else the fallback. */
export function pickLocale(wishes: readonly string[], available: readonly string[], fallback: string): string {
  const known = new Map(available.map((locale) => [locale.toLowerCase(), locale]));
  for (const wish of wishes) {
    const tag = wish.toLowerCase();
    const language = tag.split('-')[0] ?? tag;
    const match = known.get(tag) ?? known.get(language) ?? available.find((locale) => locale.toLowerCase().startsWith(`${language}-`));
    if (match) return match;
  }
  return known.get(fallback.toLowerCase()) ?? known.get('en') ?? available[0] ?? 'en';
}

const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);
export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** A configured text in the reader's language: written for the locale, for its language, else the field's own. */
export function inLocale(text: string, byLocale: Readonly<Record<string, string>>, locale: string): string {
  return byLocale[locale] || byLocale[locale.split('-')[0] ?? ''] || text;
}
