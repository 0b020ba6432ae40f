import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

type Tree = { [key: string]: string | Tree };
const keysOf = (tree: Tree, prefix = ''): string[] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`)));
const texts = JSON.parse(readFileSync(join(import.meta.dirname, '../../../locales/en/portal.json'), 'utf8')) as Tree;
const there = new Set(keysOf(texts).map((key) => key.replace(/_(one|other)$/, '')));
const code = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
/** `t(`${name}Title`)`: what a chat is good for. */
const computed = new Set(['anytime', 'thread', 'language'].flatMap((name) => [`${name}Title`, `${name}Text`]));

it('every text that the pages name is there, and none is left over', () => {
  const named = new Set([...code.matchAll(/'([a-z]+(?:\.[a-zA-Z]+)?)'/gi)].map(([, key = '']) => key));
  const asked = [...code.matchAll(/\bt\('([\w.]+)'/g)].map(([, key = '']) => key);
  expect(asked.filter((key) => !there.has(key))).toEqual([]);
  expect([...there].filter((key) => !named.has(key) && !computed.has(key))).toEqual([]);
});
