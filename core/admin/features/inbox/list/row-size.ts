import type { ConversationSummary } from '../../../../shared/conversations.ts';

const padding = 23;
const line = 20;
const chips = 26;

export const rowTags = (conversation: ConversationSummary): string[] => conversation.tags.slice(0, 2);

/** Height of a row in px, known before it is drawn: the list never shifts while it fills. */
export function rowHeight(conversation: ConversationSummary, hasDraft: boolean): number {
  const { subject, tags, assignees, priority, status, waitingSince } = conversation;
  const hasChips = hasDraft || tags.length > 0 || assignees.length > 0 || priority !== 'normal' || waitingSince !== null || !['open', 'waiting'].includes(status);
  return padding + line * (subject ? 3 : 2) - 1 + (hasChips ? chips : 0);
}
