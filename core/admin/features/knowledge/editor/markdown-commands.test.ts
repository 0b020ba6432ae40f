import { expect, test } from 'vitest';
import { continueLine, indentLines, insertBlock, insertLink, toggleCode, toggleLines, type Selected } from './markdown-commands.ts';

/** `[` and `]` stand for the selection, `|` for the caret. */
const at = (marked: string): Selected => {
  const caret = marked.indexOf('|');
  if (caret !== -1) return { text: marked.replace('|', ''), start: caret, end: caret };
  const start = marked.indexOf('⟦');
  return { text: marked.replace(/[⟦⟧]/g, ''), start, end: marked.indexOf('⟧') - 1 };
};
const shown = ({ text, start, end }: Selected) => (start === end ? `${text.slice(0, start)}|${text.slice(start)}` : `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`);

test.each([
  ['a heading', 'One\nTw|o', 'One\n# Tw|o', 'heading'],
  ['of the next level', '# Tw|o', '## Tw|o', 'heading'],
  ['and none', '## Tw|o', 'Tw|o', 'heading'],
  ['lines become a list', '⟦one\ntwo⟧', '⟦- one\n- two⟧', 'bullet'],
  ['a list becomes a numbered one', '⟦- one\n\n- two⟧', '⟦1. one\n\n2. two⟧', 'number'],
  ['a list is taken away', '⟦- one\n- two⟧', '⟦one\ntwo⟧', 'bullet'],
  ['an empty line gets its mark', 'x\n|', 'x\n- |', 'bullet'],
  ['a selection that ends with a line break leaves the next line alone', '⟦one\n⟧two', '⟦> one⟧\ntwo', 'quote'],
] as const)('%s', (_name, before, after, kind) => expect(shown(toggleLines(at(before), kind))).toBe(after));

test('a link waits for its address, an address for its words', () => {
  expect(shown(insertLink(at('See ⟦the page⟧.'), 'words'))).toBe('See [the page](⟦https://⟧).');
  expect(shown(insertLink(at('See ⟦https://a.test/x⟧.'), 'words'))).toBe('See [⟦words⟧](https://a.test/x).');
  expect(shown(insertLink(at('|'), 'words'))).toBe('[words](⟦https://⟧)');
});

test('a block stands by itself', () => {
  expect(insertBlock(at('one|'), '| a |').text).toBe('one\n\n| a |\n');
  expect(insertBlock(at('one\n|\ntwo'), 'X').text).toBe('one\n\nX\n\ntwo');
  expect(shown(insertBlock(at('|'), 'say this', 'this'))).toBe('say ⟦this⟧\n');
});

test('code: a word in a line, lines in a block', () => {
  expect(shown(toggleCode(at('run ⟦npm⟧ now')))).toBe('run `⟦npm⟧` now');
  expect(shown(toggleCode(at('run `⟦npm⟧` now')))).toBe('run ⟦npm⟧ now');
  expect(shown(toggleCode(at('⟦a\nb⟧')))).toBe('```\n⟦a\nb⟧\n```\n');
  expect(shown(toggleCode(at('|')))).toBe('```\n|\n```\n');
});

test.each([
  ['the next item', '- one|', '- one\n- |'],
  ['the next number', '9. nine|', '9. nine\n10. |'],
  ['a task that is not done', '- [x] done|', '- [x] done\n- [ ] |'],
  ['an empty item ends the list', '- one\n- |', '- one\n|'],
  ['within an item', '  - a|b', '  - a\n  - |b'],
])('Enter in a list: %s', (_name, before, after) => expect(shown(continueLine(at(before))!)).toBe(after));

test('Enter elsewhere is left to the browser', () => {
  expect(continueLine(at('plain|'))).toBeNull();
  expect(continueLine(at('- ⟦one⟧'))).toBeNull();
});

test('lines go in and out', () => {
  expect(shown(indentLines(at('- a\n- b|'), 1))).toBe('- a\n  - b|');
  expect(shown(indentLines(at('⟦  a\n b⟧'), -1))).toBe('⟦a\nb⟧');
});
