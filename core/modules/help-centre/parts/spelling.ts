const names = new Map<string, string>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** Name of a language, in itself unless told. */
export function languageName(locale: string, inLocale = locale): string {
  const key = `${inLocale} ${locale}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames([inLocale], { type: 'language' }).of(locale) ?? locale;
  if (names.size < 1_000) names.set(key, name);
  return name;
}

export function dayIn(locale: string, time: string): string {
  const format = dates.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  if (dates.size < 200) dates.set(locale, format);
  return format.format(new Date(time));
}
