import type { PublicMessageDto } from '@plugboard/sdk';
import type { OutboxItem } from '../outbox/outbox-item.ts';

export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'event'; key: string; message: PublicMessageDto }
  | { kind: 'message'; key: string; message: PublicMessageDto; endsGroup: boolean }
  | { kind: 'pending'; key: string; item: OutboxItem };

const groupSpan = 5 * 60_000;

const isSameGroup = (one: PublicMessageDto, other: PublicMessageDto | undefined): boolean =>
  other !== undefined && other.kind === 'reply' && one.isMine === other.isMine && one.author.id === other.author.id && one.author.name === other.author.name
  && Date.parse(other.createdAt) - Date.parse(one.createdAt) < groupSpan;

/**
 * What a thread shows, top to bottom: a heading per day, messages in groups of one author, events, and at the end what is
 * still on its way. A message of ours keeps its key when it turns from pending to stored.
 */
export function threadRows(messages: readonly PublicMessageDto[], pending: readonly OutboxItem[], isSameDay: (one: string, other: string) => boolean): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day: string | null = null;
  const startDay = (at: string) => {
    if (day === null || !isSameDay(day, at)) rows.push({ kind: 'day', key: `day-${at}`, at });
    day = at;
  };
  messages.forEach((message, index) => {
    startDay(message.createdAt);
    const key = message.cid ?? message.id;
    if (message.kind === 'event') rows.push({ kind: 'event', key, message });
    else rows.push({ kind: 'message', key, message, endsGroup: !isSameGroup(message, messages[index + 1]) });
  });
  for (const item of pending) {
    startDay(new Date(item.createdAt).toISOString());
    rows.push({ kind: 'pending', key: item.cid, item });
  }
  return rows;
}

const hasChanged = (known: ThreadRow, row: ThreadRow): boolean => {
  if (known.kind === 'message' && row.kind === 'message') return known.message !== row.message || known.endsGroup !== row.endsGroup;
  if (known.kind === 'event' && row.kind === 'event') return known.message !== row.message;
  return !(known.kind === 'day' && row.kind === 'day');
};

/** The same, but a row that is what it was stays the same object: a thread of thousands draws only what is new. */
export function createThreadRows(): typeof threadRows {
  let known = new Map<string, ThreadRow>();
  return (...given) => {
    const rows = threadRows(...given).map((row) => {
      const before = known.get(row.key);
      return before && !hasChanged(before, row) ? before : row;
    });
    known = new Map(rows.map((row) => [row.key, row]));
    return rows;
  };
}
