import type { PublicMessageDto } from '@plugboard/sdk';
import { expect, test } from 'vitest';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import { createRowBlocks } from './row-blocks.ts';
import { createThreadRows } from './thread-rows.ts';

const isSameDay = (one: string, other: string) => one.slice(0, 10) === other.slice(0, 10);
const messages = (from: number, to: number): PublicMessageDto[] => Array.from({ length: to - from + 1 }, (_, index) => ({
  id: `id${from + index}`, seq: from + index, kind: 'reply', author: { type: 'operator', id: 'o', name: 'Mira' }, body: { html: '', text: '' }, attachments: [], createdAt: '2026-03-01T09:00:00Z', isMine: false,
}));
const pending = { cid: 'c', thread: 't', conversationId: 't', buttonId: null, body: 'x', attachments: [], order: 1, createdAt: Date.parse('2026-03-02T09:00:00Z'), state: 'queued', error: null } satisfies OutboxItem;

test('every row is in one block, in its order; what is on its way is in the last', () => {
  const rows = createThreadRows()(messages(35, 90), [pending], isSameDay);
  const blocks = createRowBlocks()(rows);
  expect(blocks.flatMap((block) => block.rows)).toEqual(rows);
  expect(blocks.map(({ key, lastSeq }) => [key, lastSeq])).toEqual([[0, 39], [1, 79], [2, 90]]);
  expect(blocks.at(-1)?.rows.slice(-2).map(({ kind }) => kind)).toEqual(['day', 'pending']);
  expect(blocks[0]?.rows[0]?.kind).toBe('day');
});

test('older and newer messages leave the blocks between as they are', () => {
  const [rowsOf, blocksOf] = [createThreadRows(), createRowBlocks()];
  const all = messages(1, 131);
  const before = blocksOf(rowsOf(all.slice(29, 130), [], isSameDay));
  const after = blocksOf(rowsOf(all, [], isSameDay));
  expect(after.map((block) => before.includes(block))).toEqual([false, true, true, false]);
});

test('a thread that has nothing but what is on its way is one block', () => {
  expect(createRowBlocks()(createThreadRows()([], [pending], isSameDay)).map(({ key, rows }) => [key, rows.length])).toEqual([[0, 2]]);
});
