import { expect, test } from 'vitest';
import { slugSchema } from '../../../shared/primitives.ts';
import { slugOf } from './slug.ts';

test.each([['Northwind Shop', 'northwind-shop'], ['Müller & Söhne', 'muller-sohne'], ['Straße 7', 'strasse-7'], ['--a--', 'a']])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(slugSchema.safeParse(slugOf(name)).success).toBe(true);
});

test('a long name ends in a letter or digit', () => {
  expect(slugSchema.safeParse(slugOf(`${'ab '.repeat(40)}`)).success).toBe(true);
});

test('a name without Latin letters proposes nothing', () => {
  expect(slugOf('متجر')).toBe('');
});
