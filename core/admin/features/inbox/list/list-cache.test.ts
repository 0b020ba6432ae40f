import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../../shared/conversations.ts';
import { firstPage, patchRow, removeRows, rowsOf } from './list-cache.ts';
import { belongsTo } from './view-membership.ts';

const row = (id: string, more: Partial<ConversationSummary> = {}) => ({ id, status: 'open', assignees: [], departmentId: null, changeVersion: 3, isUnread: false, ...more }) as ConversationSummary;
const pages = (...groups: ConversationSummary[][]) => ({ pages: groups.map((data) => ({ data, nextCursor: null })), pageParams: groups.map(() => null) });
const filter = { view: 'mine', departmentId: null, q: '', sort: 'newest' } as const;

test('a row changes where it stands, and never back to what it was', () => {
  const list = pages([row('a'), row('b')], [row('c')]);
  expect(rowsOf(patchRow(list, row('b', { changeVersion: 4, isUnread: true }))).map(({ id, isUnread }) => [id, isUnread])).toEqual([['a', false], ['b', true], ['c', false]]);
  expect(patchRow(list, row('b', { changeVersion: 2, isUnread: true })).pages[0]!.data[1]!.isUnread).toBe(false);
  expect(patchRow(list, row('z'))).toBe(list);
});

test('a row that two pages hold is shown once', () => {
  expect(rowsOf(pages([row('a'), row('b')], [row('b'), row('c')])).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('rows leave, and a long list starts again from its first page', () => {
  const list = pages([row('a'), row('b')], [row('c')]);
  expect(rowsOf(removeRows(list, ({ id }) => id === 'a')).map(({ id }) => id)).toEqual(['b', 'c']);
  expect(rowsOf(firstPage(list)).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a view holds what the server would put there', () => {
  const mine = row('a', { assignees: [{ id: 'me', name: 'Mira' }] });
  expect(belongsTo(mine, filter, 'me')).toBe(true);
  expect(belongsTo(mine, filter, 'sam')).toBe(false);
  expect(belongsTo(mine, { ...filter, view: 'unassigned' }, 'me')).toBe(false);
  expect(belongsTo({ ...mine, status: 'resolved' }, filter, 'me')).toBe(false);
  expect(belongsTo({ ...mine, status: 'resolved' }, { ...filter, view: 'closed' }, 'me')).toBe(true);
  expect(belongsTo(mine, { ...filter, view: 'all', departmentId: 'sales' }, 'me')).toBe(false);
});

test('a search and the views that the summary does not tell stay open questions', () => {
  expect(belongsTo(row('a'), { ...filter, q: 'refund' }, 'me')).toBeNull();
  expect(belongsTo(row('a'), { ...filter, view: 'ai' }, 'me')).toBeNull();
});
