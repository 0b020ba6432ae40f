import { expect, test } from 'vitest';
import { iconShape, searchIcons, shapeOrComment } from './icons.ts';
import { iconWords, iconsByWord } from './icon-words.ts';

const names = (query: string, limit = 8) => searchIcons(query, limit).map(({ name }) => name);

test('the exact name is first, then what begins with it, then a word of it, then anywhere', () => {
  expect(names('comment')[0]).toBe('comment');
  expect(names('comments')[0]).toBe('comments');
  const found = names('arrow', 200);
  expect(found.indexOf('arrow-up')).toBeLessThan(found.indexOf('circle-arrow-up'));
  expect(names('ask', 50)).toContain('mask');
});

test('older names lead to the present one', () => {
  expect(names('comment-alt')[0]).toBe('message');
  expect(names('thumb-tack')[0]).toBe('thumbtack');
  expect(iconShape('comment-alt')).toEqual(iconShape('message'));
  expect(iconShape('paint-brush')).toEqual(iconShape('paintbrush'));
});

test('words are found that no icon is called by, the likeliest first; several words narrow it', () => {
  expect(names('help')[0]).toBe('circle-question');
  expect(names('delivery')[0]).toBe('truck');
  expect(names('Truck fast')[0]).toBe('truck-fast');
  expect(names('arrow left')).toContain('arrow-left');
});

test('the words name icons that are there, by their present names', () => {
  for (const [name] of Object.entries(iconWords)) expect(names(name, 1)).toEqual([name]);
  expect(Object.values(iconsByWord).every((list) => new Set(list).size === list.length)).toBe(true);
});

test('a name that is none leads nowhere, and a page gets a speech bubble instead', () => {
  for (const name of ['no-such-icon', '../index', 'Comment', '', 'fa-comment/../x']) expect(iconShape(name)).toBeNull();
  expect(shapeOrComment('no-such-icon')).toEqual(iconShape('comment'));
  expect(shapeOrComment(null)).toBeNull();
  expect(iconShape('github')).toMatchObject({ h: 512 });
});
