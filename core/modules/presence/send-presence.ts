import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { Contact } from '../contacts/index.ts';
import { findConversation, viewersOf } from '../conversations/index.ts';
import type { ConversationPresence } from './conversation-presence.ts';
import { typingTopics, type ContactTyping, type DeskTyping } from './typing.ts';

type Context = () => ActionContext;

/** Tells who looks at a conversation to the operators who may see it, as policy and guards say at this moment. */
export async function sendPresence(kernel: Kernel, context: Context, presence: ConversationPresence, conversationId: string): Promise<void> {
  const conversation = await findConversation(context().db, conversationId);
  if (!conversation) return;
  const maySee = await viewersOf(kernel, conversation);
  kernel.realtime.toOperators('presence', { conversationId, operators: presence.operators(conversationId) }, maySee);
}

/** Hands the hints of other processes, and our own, to the sockets of this one. */
export function relayTyping(kernel: Kernel, context: Context, guarded: (work: () => Promise<void>) => void): void {
  kernel.bus.subscribe(typingTopics.contact, (message) => guarded(async () => {
    const { conversationId, contactId, isTyping } = message as ContactTyping;
    const conversation = await findConversation(context().db, conversationId);
    if (!conversation) return;
    kernel.realtime.toOperators('typing', { conversationId, contactId, isTyping }, await viewersOf(kernel, conversation));
  }));
  kernel.bus.subscribe(typingTopics.desk, (message) => {
    const { contactId, ...typing } = message as DeskTyping;
    kernel.realtime.toContact(contactId, 'typing', typing);
  });
}

/** A contact came or went: seen by operators of its brand. When it was last there the contacts themselves keep. */
export async function sendContactPresence(kernel: Kernel, context: Context, contactId: string, isOnline: boolean): Promise<void> {
  if (kernel.realtime.onlineOperators().length === 0) return;
  const contact = await Contact.query(context().db).findOne({ uid: contactId });
  if (!contact) return;
  kernel.realtime.toOperators('contact:presence', { contactId, isOnline }, ({ actor }) => kernel.policies.can(actor, 'contact.view', contact));
}
