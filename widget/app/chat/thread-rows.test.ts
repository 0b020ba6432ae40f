import type { PublicMessageDto } from '@plugboard/sdk';
import { expect, test } from 'vitest';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import { threadRows } from './thread-rows.ts';

const isSameDay = (one: string, other: string) => one.slice(0, 10) === other.slice(0, 10);
const message = (seq: number, createdAt: string, over: Partial<PublicMessageDto> = {}): PublicMessageDto => ({
  id: `id${seq}`, seq, kind: 'reply', author: { type: 'operator', id: 'o', name: 'Mira' }, body: { html: '', text: '' }, attachments: [], createdAt, isMine: false, ...over,
});
const pending: OutboxItem = {
  cid: 'c9', thread: 't', conversationId: 't', buttonId: null, body: 'x', attachments: [], order: 1, createdAt: Date.parse('2026-03-02T09:00:00Z'), state: 'queued', error: null,
};

test('a day begins with its heading, a group ends with its state', () => {
  const rows = threadRows([
    message(1, '2026-03-01T09:00:00Z'), message(2, '2026-03-01T09:01:00Z'), message(3, '2026-03-01T09:30:00Z'),
    message(4, '2026-03-02T08:00:00Z', { isMine: true, cid: 'c4', author: { type: 'contact', id: 'c', name: '' } }),
  ], [pending], isSameDay);
  expect(rows.map((row) => (row.kind === 'message' ? `${row.key}${row.endsGroup ? '.' : ''}` : row.kind))).toEqual(['day', 'id1', 'id2.', 'id3.', 'day', 'c4.', 'pending']);
});

test('a message of ours has one key before and after it is stored', () => {
  const stored = message(1, '2026-03-02T09:00:00Z', { isMine: true, cid: pending.cid });
  expect(threadRows([], [pending], isSameDay).at(-1)?.key).toBe(threadRows([stored], [], isSameDay).at(-1)?.key);
});
