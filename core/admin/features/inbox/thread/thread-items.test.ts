import type { MessageDto } from '@plugboard/sdk';
import { expect, test } from 'vitest';
import { mergeMessages, prependMessages } from './thread-cache.ts';
import { threadItems } from './thread-items.ts';

const message = (seq: number, more: Partial<MessageDto> = {}): MessageDto => ({
  id: `m${seq}`, seq, kind: 'reply', author: { type: 'contact', id: 'c', name: 'Amara' }, body: { html: '', text: '' }, attachments: [], createdAt: `2026-03-02T09:${String(seq).padStart(2, '0')}:00`, ...more,
});
const typesOf = (messages: MessageDto[], unreadFrom: number | null = null) => threadItems(messages, unreadFrom).map(({ type }) => type);

test('a day is named once, where it begins', () => {
  expect(typesOf([message(1), message(2), message(3, { createdAt: '2026-03-03T08:00:00' })])).toEqual(['day', 'message', 'message', 'day', 'message']);
});

test('events that follow each other are one fold', () => {
  const items = threadItems([message(1), message(2, { kind: 'event' }), message(3, { kind: 'event' }), message(4)], null);
  expect(items.map(({ type }) => type)).toEqual(['day', 'message', 'events', 'message']);
  expect(items[2]).toMatchObject({ events: [{ seq: 2 }, { seq: 3 }] });
});

test('the unread ones begin at a mark, also when that very message is not there', () => {
  expect(typesOf([message(1), message(3)], 2)).toEqual(['day', 'message', 'new', 'message']);
});

test('a message right after one by the same person goes on; a note never goes on from a reply', () => {
  const items = threadItems([message(1), message(2), message(3, { kind: 'note' }), message(20)], null);
  expect(items.flatMap((item) => (item.type === 'message' ? [item.isContinued] : []))).toEqual([false, true, false, false]);
});

test('messages arrive in any order and more than once, and stand in the order of seq', () => {
  const thread = mergeMessages({ messages: [message(2), message(4)], hasOlder: false }, [message(5), message(3), message(4)]);
  expect(thread.messages.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
});

test('what lies before the loaded part waits until it is loaded', () => {
  const thread = { messages: [message(51), message(52)], hasOlder: true };
  expect(mergeMessages(thread, [message(3)]).messages).toHaveLength(2);
  expect(prependMessages(thread, [message(50), message(51)], false)).toMatchObject({ messages: [{ seq: 50 }, { seq: 51 }, { seq: 52 }], hasOlder: false });
});
