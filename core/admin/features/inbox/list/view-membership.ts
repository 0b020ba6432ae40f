import type { ConversationSummary } from '../../../../shared/conversations.ts';
import type { ListFilter } from '../inbox-api.ts';

const isActive = ({ status }: ConversationSummary): boolean => status === 'open' || status === 'waiting';

/** Whether a conversation is in a list; null when its summary alone does not tell. Mirrors the views of the server. */
export function belongsTo(conversation: ConversationSummary, { view, departmentId, q }: ListFilter, operatorId: string): boolean | null {
  if (q.trim() !== '') return null;
  if (departmentId !== null && conversation.departmentId !== departmentId) return false;
  switch (view) {
    case 'mine': return isActive(conversation) && conversation.assignees.some(({ id }) => id === operatorId);
    case 'unassigned': return isActive(conversation) && conversation.assignees.length === 0;
    case 'all': return isActive(conversation);
    case 'snoozed': return conversation.status === 'snoozed';
    case 'closed': return conversation.status === 'resolved' || conversation.status === 'closed';
    case 'ai': return isActive(conversation) ? null : false;
    case 'mentions':
    case 'spam': return null;
  }
}
