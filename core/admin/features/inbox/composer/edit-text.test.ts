import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertText, toggleMark } from './edit-text.ts';

const select = (text: string, part: string) => ({ text, start: text.indexOf(part), end: text.indexOf(part) + part.length });

test('marks go around the selection and come off again', () => {
  const bold = toggleMark(select('refund today', 'today'), '**');
  expect(bold.text).toBe('refund **today**');
  expect(bold.text.slice(bold.start, bold.end)).toBe('today');
  expect(toggleMark(bold, '**')).toEqual(select('refund today', 'today'));
});

test('blanks at the ends of a selection stay outside', () => {
  expect(toggleMark(select('a word here', ' word '), '*').text).toBe('a *word* here');
});

test('italic inside bold is added and not half of the bold taken away', () => {
  expect(toggleMark({ text: '**word**', start: 2, end: 6 }, '*').text).toBe('***word***');
});

test('a second press always brings back the text', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(fc.property(word, word, fc.constantFrom('**' as const, '*' as const, '`' as const), (first, second, mark) => {
    const before = { text: `${first} ${second}`, start: first.length + 1, end: first.length + 1 + second.length };
    expect(toggleMark(toggleMark(before, mark), mark)).toEqual(before);
  }));
});

test('a piece takes the place of the selection', () => {
  expect(insertText({ text: 'ab', start: 1, end: 1 }, '🙂')).toEqual({ text: 'a🙂b', start: 3, end: 3 });
});
