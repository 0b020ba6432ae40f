import { expect, test } from 'vitest';
import { placeholderFault, placeholdersOf } from './placeholders.ts';

test('finds both customary forms, and nothing in times, addresses and faces', () => {
  expect(placeholdersOf('{{name}} to :person ({{name}})')).toEqual(['{{name}}', ':person']);
  expect(placeholdersOf('At 10:30, see https://a.test:8080/x, :-) :D and :smile:')).toEqual([]);
});

test.each([
  ['a.title', 'Chat mit {{brand}}', 'Chat with {{brand}}', null],
  ['a.title', 'Chat', 'Chat with {{brand}}', 'placeholder_missing'],
  ['a.title', '{{brand}} {{other}}', 'Chat with {{brand}}', 'placeholder_unknown'],
  ['a.title', '{{Brand}}', 'Chat with {{brand}}', 'placeholder_unknown'],
  ['a.text', 'Bonjour :term', 'Hello :term', null],
  ['a.text', 'Bonjour', 'Hello :term', 'placeholder_missing'],
  ['a.n_one', 'eine', '{{count}} message', null],
  ['a.n_two', 'two', '{{count}} messages', null],
  ['a.n_few', 'few', '{{count}} messages', 'placeholder_missing'],
  ['a.n_one', 'eine von {{name}}', '{{count}} of {{name}}', null],
  ['a.n_one', 'eine', '{{count}} of {{name}}', 'placeholder_missing'],
] as const)('%s: %s for %s is %s', (key, text, english, fault) => {
  expect(placeholderFault(key, text, english)).toBe(fault);
});
