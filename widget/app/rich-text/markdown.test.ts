import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMarkdown, safeHref } from './markdown.ts';
import type { RichNode } from './markdown.ts';

const textOf = (nodes: RichNode[]): string => nodes.map((node) => (typeof node === 'string' ? node : node.tag === 'br' ? '\n' : textOf(node.children))).join('');
const hrefs = (nodes: RichNode[]): string[] => nodes.flatMap((node) => (typeof node === 'string' ? [] : [...(node.href ? [node.href] : []), ...hrefs(node.children)]));

test('knows bold, italic, code, links and lines', () => {
  expect(parseMarkdown('**a** *b* `c*d*`\n[e](https://x.test/)')).toEqual([
    { tag: 'strong', children: ['a'] }, ' ', { tag: 'em', children: ['b'] }, ' ', { tag: 'code', children: ['c*d*'] },
    { tag: 'br', children: [] }, { tag: 'a', href: 'https://x.test/', children: ['e'] },
  ]);
});

test('a bare address takes no punctuation with it', () => {
  expect(parseMarkdown('See https://x.test/a.')).toEqual(['See ', { tag: 'a', href: 'https://x.test/a', children: ['https://x.test/a'] }, '.']);
});

test.each(['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', '//evil.test', 'vbscript:x', 'https://'])('%s is no link', (address) => {
  expect(safeHref(address)).toBeUndefined();
  expect(hrefs(parseMarkdown(`[x](${address})`))).toEqual([]);
});

test('HTML stays text', () => {
  expect(parseMarkdown('<img src=x onerror=alert(1)>')).toEqual(['<img src=x onerror=alert(1)>']);
});

test('only safe addresses come out of any text', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => hrefs(parseMarkdown(text)).every((href) => /^(https?|mailto|tel):/.test(href))));
});

test('text without marks is kept to the letter', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '<', '&', 'é', '😀') }), (text) => textOf(parseMarkdown(text)) === text));
});

test.each(['*', '[', '`', '**', '[a](', 'https://'])('10 000 characters of "%s" are read at once', (piece) => {
  const started = performance.now();
  parseMarkdown(piece.repeat(10_000 / piece.length));
  expect(performance.now() - started).toBeLessThan(1_000);
});
