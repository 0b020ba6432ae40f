import type { Status, View } from '../../shared/conversations.ts';
import type { ConversationRow } from './conversation.model.ts';

/** Each conversation is in one bucket, and each view is a set of buckets: that makes a page one range of an index. */
export const buckets = { assigned: 1, unassigned: 2, ai: 3, snoozed: 4, closed: 5, spam: 6 } as const;

const active = [buckets.assigned, buckets.unassigned, buckets.ai];

export const viewBuckets: Readonly<Record<View, readonly number[]>> = {
  mine: active,
  mentions: [...active, buckets.snoozed],
  unassigned: [buckets.unassigned],
  all: active,
  snoozed: [buckets.snoozed],
  ai: [buckets.ai],
  closed: [buckets.closed],
  spam: [buckets.spam],
};

export const isClosed = (status: Status): boolean => status === 'closed' || status === 'resolved';

function bucketOf(row: ConversationRow): number {
  if (row.is_spam === 1) return buckets.spam;
  if (isClosed(row.status)) return buckets.closed;
  if (row.status === 'snoozed') return buckets.snoozed;
  if (row.is_ai === 1) return buckets.ai;
  return row.assignees === '[]' ? buckets.unassigned : buckets.assigned;
}

const afterAllWaiting = 9_000_000_000_000_000;

/** Those who wait come first, longest first; after them the others, newest first. */
const waitingKeyOf = (row: ConversationRow): number => row.waiting_since ?? afterAllWaiting - row.last_message_at;

/** Sets what follows from the other columns. Run before each save. */
export function derive(row: ConversationRow): void {
  row.bucket = bucketOf(row);
  row.waiting_key = waitingKeyOf(row);
}

/** The contact wrote: whoever closed, snoozed or answered it has it back, and the contact waits from its first unanswered message on. */
export function afterContactReply(row: ConversationRow, now: number): void {
  row.status = 'open';
  row.waiting_since ??= now;
}

/** An assistant gave it to people: the contact waits, from now on where nobody owed it an answer. */
export function afterHandOver(row: ConversationRow, now: number): void {
  row.status = 'open';
  row.waiting_since ??= now;
}

/** Somebody of the desk answered. */
export function afterDeskReply(row: ConversationRow): void {
  row.status = 'waiting';
  row.waiting_since = null;
}
