import type { ConversationSummary } from '../../../../shared/conversations.ts';

const padding = 23;
const line = 20;
const chips = 26;
const hour = 60 * 60_000;

export type WaitTone = 'neutral' | 'warn' | 'danger';

export const rowTags = (conversation: ConversationSummary): string[] => conversation.tags.slice(0, 2);

/** How loudly a row says that its contact waits: not in the first hour, and more after four hours and after a day. */
export function waitTone({ waitingSince }: ConversationSummary, now: Date): WaitTone | null {
  if (waitingSince === null) return null;
  const waited = now.getTime() - Date.parse(waitingSince);
  if (waited < hour) return null;
  return waited > 24 * hour ? 'danger' : waited > 4 * hour ? 'warn' : 'neutral';
}

/** Height of a row in px, known before it is drawn: the list never shifts while it fills. */
export function rowHeight(conversation: ConversationSummary, hasDraft: boolean, now: Date): number {
  const { subject, tags, assignees, priority, status } = conversation;
  const isPutAway = !['open', 'waiting'].includes(status);
  const hasChips = hasDraft || isPutAway || tags.length > 0 || assignees.length > 0 || priority !== 'normal' || waitTone(conversation, now) !== null;
  return padding + line * (subject ? 3 : 2) - 1 + (hasChips ? chips : 0);
}
