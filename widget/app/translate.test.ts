import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { createTranslate } from './translate.ts';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(tree).map(([key, value]) => (typeof value === 'string' ? { [path + key]: value } : flatten(value, `${path}${key}.`)))) as Record<string, string>;
}

const textsOf = (locale: string) => flatten(JSON.parse(readFileSync(new URL(`../../locales/${locale}/widget.json`, import.meta.url), 'utf8')) as Tree);
const values = { name: 'Mira', brand: 'Northwind', text: 'a < b', time: '9:41', number: 'T-7', percent: '40' };

test.each(['en', 'de', 'ar'])('gives what i18next gives for every text in %s', async (locale) => {
  const texts = textsOf(locale);
  const reference = i18next.createInstance();
  await reference.init({ lng: locale, resources: { [locale]: { translation: texts } }, keySeparator: false, interpolation: { escapeValue: false } });
  const t = createTranslate(texts, locale);
  for (const key of Object.keys(texts)) expect(t(key, values), key).toBe(reference.t(key, values));
  const counted = [...new Set(Object.keys(texts).flatMap((key) => /^(.+)_(?:zero|one|two|few|many|other)$/.exec(key)?.[1] ?? []))];
  for (const key of counted) for (const count of [0, 1, 2, 3, 11, 100]) expect(t(key, { count }), `${key} ${count}`).toBe(reference.t(key, { count }));
});

test('every language has every text', () => {
  const base = (locale: string) => [...new Set(Object.keys(textsOf(locale)).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')))].sort();
  expect(base('de')).toEqual(base('en'));
  expect(base('ar')).toEqual(base('en'));
});

test('a value is text, never a template', () => {
  expect(createTranslate({ hello: 'Hi {{name}}' }, 'en')('hello', { name: '{{name}} $1' })).toBe('Hi {{name}} $1');
  expect(createTranslate({ hello: 'Hi {{constructor}}' }, 'en')('hello', {})).toBe('Hi {{constructor}}');
});
