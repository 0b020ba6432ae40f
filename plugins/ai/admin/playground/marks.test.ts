import { expect, it } from 'vitest';
import { marksOf } from './marks.ts';

it('knows bold, italic, code and links', () => {
  expect(marksOf('Open **Settings**, then `npm start` or *wait*. See [the guide](https://example.com/a).')).toEqual([
    { kind: 'text', text: 'Open ' }, { kind: 'bold', text: 'Settings' }, { kind: 'text', text: ', then ' }, { kind: 'code', text: 'npm start' }, { kind: 'text', text: ' or ' },
    { kind: 'italic', text: 'wait' }, { kind: 'text', text: '. See ' }, { kind: 'link', text: 'the guide', href: 'https://example.com/a' }, { kind: 'text', text: '.' },
  ]);
});

it('makes no link of what is no web address, and no mark of what is within a word', () => {
  expect(marksOf('[x](javascript:alert(1)) snake_case_name 2*3*4')).toEqual([{ kind: 'text', text: '[x](javascript:alert(1)) snake_case_name 2*3*4' }]);
});

it('loses nothing', () => {
  const text = 'a **b** c _d_ \n\n• e `f`';
  expect(marksOf(text).map((mark) => mark.text).join('')).toBe(text.replaceAll('**', '').replaceAll('_', '').replaceAll('`', ''));
});
