import { expect, test } from 'vitest';
import { insertText, toggleMark } from './composer-text.ts';

test('marks go around the selection and away again', () => {
  const marked = toggleMark({ text: 'a bold word', start: 2, end: 6 }, '**');
  expect(marked).toEqual({ text: 'a **bold** word', start: 4, end: 8 });
  expect(toggleMark(marked, '**')).toEqual({ text: 'a bold word', start: 2, end: 6 });
});

test('text replaces the selection and the caret stands behind it', () => {
  expect(insertText({ text: 'hello you', start: 6, end: 9 }, '👋')).toEqual({ text: 'hello 👋', start: 8, end: 8 });
});
