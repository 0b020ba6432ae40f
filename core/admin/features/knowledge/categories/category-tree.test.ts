import { expect, test } from 'vitest';
import type { CategoryDto } from '../../../../shared/knowledge.ts';
import { canPlace, categoryOptions, moved, placeAfter, placeAt, rowsOf, type Place } from './category-tree.ts';

const category = (id: string, parentId: string | null, position: number): CategoryDto => ({ id, brandId: 'b', parentId, audience: 'public', icon: null, position, slug: id, texts: { en: { name: id.toUpperCase(), description: '' }, de: { name: `${id} (de)`, description: '' } }, articleCount: 0 });
/** a (a1, a2 (a2x)), b, c (c1) */
const tree = [category('c', null, 5), category('a', null, 0), category('b', null, 2), category('a2', 'a', 1), category('a1', 'a', 0), category('a2x', 'a2', 0), category('c1', 'c', 0)];
const shown = (all: readonly CategoryDto[]) => rowsOf(all).map(({ category: { id }, depth }) => '-'.repeat(depth) + id).join(' ');
const after = (id: string, place: Place | null) => (place ? shown(moved(id, place, tree)) : null);
const row = (id: string) => rowsOf(tree).find(({ category: found }) => found.id === id)!;

test('rows from top to bottom', () => {
  expect(shown(tree)).toBe('a -a1 -a2 --a2x b c -c1');
  expect(shown([category('x', 'gone', 0)])).toBe('x');
});

test.each([
  ['b', 'up', 'b a -a1 -a2 --a2x c -c1'],
  ['b', 'down', 'a -a1 -a2 --a2x c -c1 b'],
  ['b', 'in', 'a -a1 -a2 --a2x -b c -c1'],
  ['a2', 'out', 'a -a1 a2 -a2x b c -c1'],
  ['a2x', 'out', 'a -a1 -a2 -a2x b c -c1'],
  ['a', 'up', null], ['a', 'in', null], ['a', 'out', null], ['c', 'down', null],
] as const)('%s goes %s', (id, move, expected) => expect(after(id, placeAfter(move, id, tree))).toBe(expected));

test('nothing goes below itself or too deep', () => {
  expect(canPlace('a', 'a2', tree)).toBe(false);
  expect(canPlace('a', 'a', tree)).toBe(false);
  expect(canPlace('c', 'a2', tree)).toBe(false);
  expect(canPlace('b', 'a2', tree)).toBe(true);
  expect(canPlace('b', 'a2x', tree)).toBe(false);
  expect(canPlace('c', 'b', tree)).toBe(true);
});

test.each([
  ['c', 'a', 'before', 'c -c1 a -a1 -a2 --a2x b'],
  ['c1', 'a1', 'after', 'a -a1 -c1 -a2 --a2x b c'],
  ['b', 'a2', 'into', 'a -a1 -a2 --a2x --b c -c1'],
  ['a', 'b', 'after', 'b a -a1 -a2 --a2x c -c1'],
  ['a', 'b', 'before', null], ['b', 'b', 'into', null], ['a', 'a2', 'into', null],
] as const)('%s dropped on %s (%s)', (id, target, zone, expected) => expect(after(id, placeAt(id, row(target), zone, tree))).toBe(expected));

test('names to choose from carry what is above them', () => {
  expect(categoryOptions(tree, 'de-AT').map(({ label }) => label)[3]).toBe('a (de) › a2 (de) › a2x (de)');
  expect(categoryOptions(tree, 'fr')[0]!.label).toBe('A');
});
