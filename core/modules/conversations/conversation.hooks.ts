import { z } from 'zod';
import type { HookDeclarations } from '../../kernel/hooks/hooks.ts';
import { limits } from '../../shared/limits.ts';
import { idSchema, messageTextSchema } from '../../shared/primitives.ts';

const id = 'mfrggzdfmztwq2lknnwg23tpob';
const conversation = { id, brandId: 'nbswy3dpeb3w64tmmqqgm33pme', departmentId: null, channel: 'chat', contactId: 'orsxg5a2mfrggzdfmztwq2lknn' };
const text = 'Where is my order?';
const draft = { text: messageTextSchema, kind: z.enum(['reply', 'note', 'event']), attachmentIds: z.array(idSchema).max(limits.attachmentsPerMessage) };
const ids = z.object({ ids: z.array(idSchema).max(limits.pageSize) });
const event = (summary: string, sample: object) => ({ kind: 'event', summary, since: '0.1.0', sample: { conversation, ...sample } }) as const;

/** What plugins hear and may say about conversations. */
export const conversationHooks: HookDeclarations = {
  'message.incoming': {
    kind: 'filter',
    summary: 'A message from a contact before it is stored. May change the text, drop files, and choose the department of a first message.',
    since: '0.1.0',
    schema: z.object({ ...draft, brandId: idSchema, departmentId: idSchema.nullable(), channel: z.string() }),
    sample: { text, kind: 'reply', attachmentIds: [], brandId: conversation.brandId, departmentId: null, channel: 'chat' },
  },
  'reply.outgoing': {
    kind: 'filter',
    summary: 'A reply of the desk before it is stored. May change the text and drop files.',
    since: '0.1.0',
    schema: z.object({ ...draft, conversationId: idSchema }),
    sample: { text: 'It left our house yesterday.', kind: 'reply', attachmentIds: [], conversationId: id },
  },
  'conversation.list': {
    kind: 'filter', summary: 'A page of the inbox. May take conversations out or put them in another order.', since: '0.1.0', schema: ids, sample: { ids: [id] },
  },
  'search.results': {
    kind: 'filter', summary: 'A page of search results. May take conversations out or put them in another order.', since: '0.1.0', schema: ids, sample: { ids: [id] },
  },
  'message.accept': {
    kind: 'guard', summary: 'May refuse a message from a contact.', since: '0.1.0',
    sample: { text, kind: 'reply', attachmentIds: [], brandId: conversation.brandId, departmentId: null, channel: 'chat', contactId: conversation.contactId },
  },
  'conversation.close': { kind: 'guard', summary: 'May refuse that a conversation is resolved or closed.', since: '0.1.0', sample: { conversation } },
  'conversation.assign': { kind: 'guard', summary: 'May refuse that a conversation gets these assignees.', since: '0.1.0', sample: { conversation, assigneeIds: [id] } },
  'conversation.view': { kind: 'guard', summary: 'May hide a conversation from an operator. Lists have their own filters.', since: '0.1.0', sample: { conversation, operatorId: id } },
  'conversation.created': event('A contact began a conversation.', {}),
  'conversation.replied': event('Somebody wrote a reply, the contact or the desk.', { messageId: id, seq: 2, authorType: 'contact', text }),
  'conversation.noted': event('Somebody wrote a note.', { messageId: id, seq: 3, text: 'Asked the warehouse.' }),
  'conversation.assigned': event('The assignees changed.', { assigneeIds: [id], addedIds: [id] }),
  'conversation.status-changed': event('The status changed.', { from: 'open', to: 'waiting' }),
  'conversation.closed': event('The conversation was resolved or closed.', {}),
  'conversation.escalated': event('The conversation became a ticket.', { number: '#1001' }),
  'conversation.handed-over': event('An assistant gave the conversation to people.', { assistantId: id, reason: 'asked' }),
  'conversation.moved': event('The conversation went to another department.', { fromDepartmentId: null }),
};
