import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../../shared/conversations.ts';
import { rowHeight, waitTone } from './row-size.ts';

const now = new Date('2026-03-02T12:00:00Z');
const row = (more: Partial<ConversationSummary> = {}) => ({ subject: null, tags: [], assignees: [], priority: 'normal', status: 'open', waitingSince: null, ...more }) as unknown as ConversationSummary;
const waiting = (since: string) => waitTone(row({ waitingSince: since }), now);

test('waiting grows louder with time', () => {
  expect(waitTone(row(), now)).toBeNull();
  expect(waiting('2026-03-02T11:30:00Z')).toBeNull();
  expect(waiting('2026-03-02T10:30:00Z')).toBe('neutral');
  expect(waiting('2026-03-02T07:30:00Z')).toBe('warn');
  expect(waiting('2026-03-01T11:00:00Z')).toBe('danger');
});

test('a row is taller for a subject and for anything in its last line', () => {
  const plain = rowHeight(row(), false, now);
  expect(rowHeight(row({ subject: 'Refund' }), false, now)).toBeGreaterThan(plain);
  for (const more of [{ tags: ['vip'] }, { priority: 'urgent' }, { status: 'resolved' }, { assignees: [{ id: 'a', name: 'Mira' }] }] as Partial<ConversationSummary>[]) {
    expect(rowHeight(row(more), false, now)).toBeGreaterThan(plain);
  }
  expect(rowHeight(row(), true, now)).toBeGreaterThan(plain);
});
