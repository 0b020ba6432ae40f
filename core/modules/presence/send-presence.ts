import type { ActionContext, Kernel } from '../../kernel/context.ts';
import type { OperatorSocket } from '../../kernel/realtime/realtime.ts';
import { Contact } from '../contacts/index.ts';
import { accessOf, findConversation } from '../conversations/index.ts';
import type { ConversationPresence } from './conversation-presence.ts';
import { typingTopics, type ContactTyping, type DeskTyping } from './typing.ts';

type Context = () => ActionContext;

const mayNow = (kernel: Kernel, action: string, access: unknown) => ({ actor }: OperatorSocket): boolean => kernel.policies.can(actor, action, access);

/** Tells who looks at a conversation to the operators who may see it, as the policy says at this moment. */
export async function sendPresence(kernel: Kernel, context: Context, presence: ConversationPresence, conversationId: string): Promise<void> {
  const conversation = await findConversation(context().db, conversationId);
  if (!conversation) return;
  kernel.realtime.toOperators('presence', { conversationId, operators: presence.operators(conversationId) }, mayNow(kernel, 'conversation.view', accessOf(conversation)));
}

/** Hands the hints of other processes, and our own, to the sockets of this one. */
export function relayTyping(kernel: Kernel, context: Context, guarded: (work: () => Promise<void>) => void): void {
  kernel.bus.subscribe(typingTopics.contact, (message) => guarded(async () => {
    const { conversationId, contactId, isTyping } = message as ContactTyping;
    const conversation = await findConversation(context().db, conversationId);
    if (!conversation) return;
    kernel.realtime.toOperators('typing', { conversationId, contactId, isTyping }, mayNow(kernel, 'conversation.view', accessOf(conversation)));
  }));
  kernel.bus.subscribe(typingTopics.desk, (message) => {
    const { contactId, ...typing } = message as DeskTyping;
    kernel.realtime.toContact(contactId, 'typing', typing);
  });
}

/** A contact came or went: seen by operators of its brand, and kept as the time it was last there. */
export async function sendContactPresence(kernel: Kernel, context: Context, contactId: string, isOnline: boolean): Promise<void> {
  const { db, now } = context();
  const contact = await Contact.query(db).findOne({ uid: contactId });
  if (!contact) return;
  await Contact.query(db).findById(contact.id).patch({ last_seen_at: now });
  kernel.realtime.toOperators('contact:presence', { contactId, isOnline }, mayNow(kernel, 'contact.view', contact));
}
