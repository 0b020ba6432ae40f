import type { MessageDto } from '@plugboard/sdk';

export type ThreadItem =
  | { type: 'day'; id: string; at: string }
  | { type: 'new'; id: string }
  | { type: 'events'; id: string; events: MessageDto[] }
  | { type: 'message'; id: string; message: MessageDto; /** Goes on right after one by the same person. */ isContinued: boolean };

const sameBreathMs = 4 * 60_000;
const dayOf = (iso: string): string => new Date(iso).toDateString();
const isSameAuthor = (a: MessageDto, b: MessageDto): boolean => a.kind === b.kind && a.author.type === b.author.type && a.author.id === b.author.id && a.author.name === b.author.name;

/** What is drawn for messages: days between them, events in folds, and where the unread ones begin. */
export function threadItems(messages: readonly MessageDto[], unreadFrom: number | null): ThreadItem[] {
  const items: ThreadItem[] = [];
  let before: MessageDto | null = null;
  for (const message of messages) {
    const isNewDay = before === null || dayOf(before.createdAt) !== dayOf(message.createdAt);
    const isFirstUnread = unreadFrom !== null && message.seq >= unreadFrom && (before === null || before.seq < unreadFrom);
    if (isNewDay) items.push({ type: 'day', id: `day:${message.seq}`, at: message.createdAt });
    if (isFirstUnread) items.push({ type: 'new', id: 'new' });
    const last = items.at(-1);
    if (message.kind === 'event' && last?.type === 'events') last.events.push(message);
    else if (message.kind === 'event') items.push({ type: 'events', id: `events:${message.seq}`, events: [message] });
    else items.push({ type: 'message', id: message.id, message, isContinued: !isNewDay && !isFirstUnread && continues(before, message) });
    before = message;
  }
  return items;
}

function continues(before: MessageDto | null, message: MessageDto): boolean {
  if (!before || before.kind === 'event' || !isSameAuthor(before, message)) return false;
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) < sameBreathMs;
}
