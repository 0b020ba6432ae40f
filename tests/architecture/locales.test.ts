import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './sources.ts';

type Tree = { [key: string]: string | Tree };

const folders = ['locales', ...readdirSync(join(root, 'plugins')).map((id) => `plugins/${id}/locales`)].filter((folder) => existsSync(join(root, folder)));
const pluralForms = /_(zero|one|two|few|many|other)$/;

const read = (path: string): Map<string, string> => flatten(JSON.parse(readFileSync(join(root, path), 'utf8')) as Tree);

function flatten(tree: Tree, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(prefix + key, value);
    else flatten(value, `${prefix}${key}.`, into);
  }
  return into;
}

/** Keys without their plural ending: each language has its own forms. */
const stems = (texts: ReadonlyMap<string, string>) => new Set([...texts.keys()].map((key) => key.replace(pluralForms, '')));
const placeholders = (text: string) => [...text.matchAll(/\{\{-?\s*(\w+)[^}]*\}\}/g)].map(([, name]) => name ?? '').sort();

/** What the forms of one text may use: a singular may leave the number out. */
function allowedPlaceholders(english: ReadonlyMap<string, string>, key: string): Set<string> {
  const stem = key.replace(pluralForms, '');
  return new Set([...english].filter(([name]) => name.replace(pluralForms, '') === stem).flatMap(([, text]) => placeholders(text)));
}

function neededPlaceholders(english: ReadonlyMap<string, string>, key: string): string[] {
  const other = english.get(key) ?? english.get(`${key.replace(pluralForms, '')}_other`) ?? '';
  return pluralForms.test(key) ? placeholders(other).filter((name) => name !== 'count') : placeholders(other);
}

describe.each(folders)('%s', (folder) => {
  const languages = readdirSync(join(root, folder), { withFileTypes: true }).map((entry) => entry.name);
  const isNested = languages.includes('en');
  const files = isNested ? readdirSync(join(root, folder, 'en')) : ['en.json'];
  const pathOf = (language: string, file: string) => (isNested ? `${folder}/${language}/${file}` : `${folder}/${language}`);
  const others = languages.filter((language) => language !== 'en' && language !== 'en.json');

  test('German and Arabic are there', () => {
    expect(languages.map((name) => name.replace('.json', ''))).toEqual(expect.arrayContaining(['en', 'de', 'ar']));
  });

  test.each(files.flatMap((file) => others.map((language) => [language, file] as const)))('%s %s has the keys and placeholders of English', (language, file) => {
    const english = read(pathOf(isNested ? 'en' : 'en.json', file));
    expect(existsSync(join(root, pathOf(language, file)))).toBe(true);
    const texts = read(pathOf(language, file));
    expect([...stems(texts)].sort()).toEqual([...stems(english)].sort());
    for (const [key, text] of texts) {
      const used = placeholders(text);
      const allowed = allowedPlaceholders(english, key);
      expect(used.filter((name) => !allowed.has(name)), `${language} ${key} has placeholders that English lacks`).toEqual([]);
      expect(neededPlaceholders(english, key).filter((name) => !used.includes(name)), `${language} ${key} lacks placeholders`).toEqual([]);
      expect(text.trim(), `${language} ${key} is empty`).not.toBe('');
    }
  });

  test.each(files)('English %s: every plural has the form that English falls back to', (file) => {
    const english = read(pathOf(isNested ? 'en' : 'en.json', file));
    const plural = [...english.keys()].filter((key) => pluralForms.test(key)).map((key) => key.replace(pluralForms, ''));
    expect(plural.filter((stem) => !english.has(`${stem}_other`))).toEqual([]);
  });
});
