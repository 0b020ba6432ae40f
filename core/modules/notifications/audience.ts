import type { Audience } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import { accessOf, findConversation } from '../conversations/index.ts';
import { channelsFor } from './choose-recipients.ts';
import { listenersOf } from './listeners.ts';
import { lastContactSeq, readMarks } from './notification.queries.ts';

/** Who is to be mailed about a conversation: those who chose so, may see it, and have not read what the contact wrote last. */
export async function audienceOf(kernel: Kernel, input: { conversationId: string; event: 'conversation.created' | 'contact.replied' }): Promise<Audience[]> {
  const { knex } = kernel.db;
  const conversation = await findConversation(knex, input.conversationId);
  if (!conversation || conversation.is_spam === 1 || conversation.is_ai === 1) return [];
  const [marks, lastSeq, listeners] = await Promise.all([readMarks(knex, conversation.id), lastContactSeq(knex, conversation.id), listenersOf(kernel, conversation)]);
  const happening = { event: input.event, access: accessOf(conversation), by: null, namedIds: [] };
  const now = Date.now();
  return listeners
    .filter((listener) => channelsFor(listener, happening, now).email && (marks.get(listener.actor.rowId) ?? 0) < lastSeq)
    .map(({ actor, locale }) => ({ operatorId: actor.id, name: actor.name, locale, readSeq: marks.get(actor.rowId) ?? 0 }));
}
