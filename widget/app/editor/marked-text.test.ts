import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyText, fromRuns, mark, marksOf, replace, runsOf, shortcut, toggle } from './marked-text.ts';
import type { MarkedText } from './marked-text.ts';

const plain = (text: string): MarkedText => fromRuns([{ text, marks: 0 }]);

/** Types character by character, as the editor does. */
function type(text: string, isSent = true): MarkedText {
  let content = emptyText;
  let at = 0;
  for (const character of text) {
    content = replace(content, { start: at, end: at }, plain(character));
    at += character.length;
    const expanded = shortcut(content, at);
    if (expanded) [content, at] = [expanded.changed, expanded.at];
  }
  return (isSent ? shortcut(content, at, true)?.changed : null) ?? content;
}

describe('signs of Markdown while typing', () => {
  test.each([
    ['**bold** x', [{ text: 'bold', marks: 1 }, { text: ' x', marks: 0 }]],
    ['a `code` b', [{ text: 'a ', marks: 0 }, { text: 'code', marks: 4 }, { text: ' b', marks: 0 }]],
    ['_it_ x', [{ text: 'it', marks: 2 }, { text: ' x', marks: 0 }]],
    ['so *it*, x', [{ text: 'so ', marks: 0 }, { text: 'it', marks: 2 }, { text: ', x', marks: 0 }]],
    ['at the *end*', [{ text: 'at the ', marks: 0 }, { text: 'end', marks: 2 }]],
    ['(**b**)', [{ text: '(', marks: 0 }, { text: 'b', marks: 1 }, { text: ')', marks: 0 }]],
  ])('%s', (text, runs) => expect(runsOf(type(text))).toEqual(runs));

  test.each(['2*3*4', 'snake_case_name', '/var/_tmp_/x', '__init__.py', '/a/**/b', '* item *', 'a ** b ** c', '`', '5 * 6 * 7', 'C:\\_x_'])('%s stays as it is', (text) => {
    expect(runsOf(type(text))).toEqual([{ text, marks: 0 }]);
  });
});

test('a mark goes on and off for a selection', () => {
  const marked = toggle(plain('a bold word'), { start: 2, end: 6 }, 'bold');
  expect(runsOf(marked)).toEqual([{ text: 'a ', marks: 0 }, { text: 'bold', marks: mark.bold }, { text: ' word', marks: 0 }]);
  expect(marksOf(marked, { start: 2, end: 6 })).toBe(mark.bold);
  expect(toggle(marked, { start: 2, end: 6 }, 'bold')).toEqual(plain('a bold word'));
  expect(runsOf(toggle(marked, { start: 0, end: 11 }, 'code'))).toEqual([{ text: 'a bold word', marks: mark.code }]);
});

test('text and marks always have the same length', () => {
  const content = fc.array(fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 5 }), marks: fc.integer({ min: 0, max: 7 }) }), { maxLength: 4 }).map(fromRuns);
  fc.assert(fc.property(content, content, fc.nat(20), fc.nat(20), (whole, inserted, one, other) => {
    const [start = 0, end = 0] = [one, other].map((at) => Math.min(at, whole.text.length)).sort((a, b) => a - b);
    const changed = replace(whole, { start, end }, inserted);
    expect(changed.marks).toHaveLength(changed.text.length);
    expect(fromRuns(runsOf(changed))).toEqual(changed);
  }));
});
