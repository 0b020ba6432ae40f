import { expect, test } from 'vitest';
import { findCommands } from './find-commands.ts';
import type { Command } from './registry.ts';

const command = (title: string, more: Partial<Command> = {}): Command => ({ id: title, title, group: 'go', run: () => {}, ...more });
const all = [command('Go to inbox'), command('Reply'), command('Resolve and next', { keywords: 'close done' }), command('Zurückstellen'), command('Next row', { isKeyOnly: true })];
const titles = (term: string) => findCommands(all, term).map(({ title }) => title);

test('every word must be found, in any order and without its accents', () => {
  expect(titles('next resolve')).toEqual(['Resolve and next']);
  expect(titles('zuruck')).toEqual(['Zurückstellen']);
});

test('a title that starts with the term comes first', () => {
  expect(titles('re')).toEqual(['Reply', 'Resolve and next']);
});

test('other words find it too, and what is for keys only is left out', () => {
  expect(titles('done')).toEqual(['Resolve and next']);
  expect(titles('')).not.toContain('Next row');
});
