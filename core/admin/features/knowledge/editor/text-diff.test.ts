import { expect, test } from 'vitest';
import { diffLines, foldSame } from './text-diff.ts';

const shown = (before: string, after: string) => diffLines(before, after).map(({ kind, pieces }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${pieces.map((piece) => (piece.kind === 'same' || piece.kind === kind && pieces.length === 1 ? piece.text : `[${piece.text}]`)).join('')}`);

test('lines that came and went', () => {
  expect(shown('a\nb\nc', 'a\nc\nd')).toEqual([' a', '-b', ' c', '+d']);
  expect(shown('', 'one\ntwo')).toEqual(['+one', '+two']);
  expect(shown('one', '')).toEqual(['-one']);
  expect(shown('same', 'same')).toEqual([' same']);
});

test('a changed line shows its changed words', () => {
  expect(shown('Refunds take 5 days.', 'Refunds take up to 7 days.')).toEqual(['-Refunds take [5] days.', '+Refunds take [up to 7] days.']);
  expect(shown('Der Versand dauert länger', 'Der Versand geht länger')).toEqual(['-Der Versand [dauert] länger', '+Der Versand [geht] länger']);
});

test('a line with nothing in common is a new line', () => {
  expect(shown('Hello there', 'xyz')).toEqual(['-Hello there', '+xyz']);
});

test('changes at several places stay apart', () => {
  expect(shown('1\nfoo bar\n2\n3\nx', '1\nfoo baz\n2\n3\ny')).toEqual([' 1', '-foo [bar]', '+foo [baz]', ' 2', ' 3', '-x', '+y']);
});

test('what did not change is folded', () => {
  const lines = diffLines(Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n'), Array.from({ length: 20 }, (_, index) => (index === 10 ? 'else' : `line ${index}`)).join('\n'));
  expect(foldSame(lines, 2).map(({ folded, lines: { length } }) => [folded, length])).toEqual([[8, 6], [7, 0]]);
  expect(foldSame(diffLines('a', 'a'))).toEqual([{ folded: 1, lines: [] }]);
});

test('a text of thousands of lines is compared in no time', () => {
  const long = Array.from({ length: 6_000 }, (_, index) => `line ${index}`);
  const lines = diffLines(long.join('\n'), long.with(3_000, 'else').join('\n'));
  expect(lines.filter(({ kind }) => kind !== 'same')).toHaveLength(2);
});
