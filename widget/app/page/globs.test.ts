import { expect, test } from 'vitest';
import { matchesGlob } from './globs.ts';

test.each([
  ['/checkout', '/checkout', true], ['/checkout/', '/checkout', true], ['/checkout/pay', '/checkout', false], ['/checkout/pay', '/checkout/*', true],
  ['/checkout/pay/now', '/checkout/*', false], ['/checkout/pay/now', '/checkout/**', true], ['/anything', '/**', true], ['/', '/**', true],
  ['/p1', '/p?', true], ['/p12', '/p?', false], ['/a.b', '/a.b', true], ['/axb', '/a.b', false], ['/de/cart', '/*/cart', true], ['/(a+)+', '/(a+)+', true],
])('%s and %s: %s', (path, glob, matches) => expect(matchesGlob(path, glob)).toBe(matches));

test('a glob of any kind takes no time worth speaking of', () => {
  const began = performance.now();
  matchesGlob(`/${'a'.repeat(2_000)}`, '/*a*a*a*b');
  expect(performance.now() - began).toBeLessThan(5_000);
});
