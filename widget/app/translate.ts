export type Values = Record<string, string | number>;
export type Translate = (key: string, values?: Values) => string;

/**
 * Texts in i18next's format, by flat key: `{{name}}` and plural forms. i18next itself would be a fifth of the widget's
 * size; a test holds that both give the same texts.
 */
export function createTranslate(texts: Readonly<Record<string, string>>, locale: string): Translate {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale, { useGrouping: false });
  const formOf = (key: string, count: number) =>
    (count === 0 ? texts[`${key}_zero`] : undefined) ?? texts[`${key}_${plurals.select(count)}`] ?? texts[`${key}_other`];

  return (key, values = {}) => {
    const template = (typeof values.count === 'number' ? formOf(key, values.count) : undefined) ?? texts[key] ?? key;
    return template.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}
