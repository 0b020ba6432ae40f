import type { ReceiveAck, ReceivedMessage } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import { assistantFor } from '../assistants/index.ts';
import { brandUidOf } from '../contacts/index.ts';
import { addMessage, assigneeIdsOf, presentPublicConversation, selectPeople } from '../conversations/index.ts';
import { isPublicMessage, presentPublicMessage } from '../messages/index.ts';
import { asPerson } from './contact-context.ts';

/** A person's message on its way in: the one write path, as that contact. What is answered is stored. */
export async function receiveMessage(kernel: Kernel, channelId: string, received: ReceivedMessage): Promise<ReceiveAck> {
  const { assistant: wanted, ...open } = received.open ?? {};
  return asPerson(kernel, received.contactId, async ({ ctx, contact }) => {
    const assistant = received.conversationId === undefined && wanted !== undefined ? await assistantFor(kernel, await brandUidOf(ctx, contact.brand_id), wanted) : null;
    const added = await addMessage(ctx, {
      cid: received.cid, kind: 'reply', text: received.text, attachmentIds: received.attachmentIds ?? [],
      ...(received.conversationId === undefined
        // A name or an address that somebody only told makes nobody known: who comes from the network is counted until they prove it.
        ? { opening: { ...open, channel: channelId, departmentId: open.departmentId ?? null, ...(assistant ? { assistant } : {}), ip: received.ip, isStranger: received.ip !== undefined && contact.kind !== 'verified' } }
        : { conversationId: received.conversationId }),
    });
    if (!isPublicMessage(added.message)) throw new Error('a contact wrote what is not public');
    const people = await selectPeople(ctx.db, assigneeIdsOf(added.conversation));
    return {
      message: presentPublicMessage(added.message, added.attachments, contact.id),
      conversation: presentPublicConversation(added.conversation, people),
      repeated: added.repeated,
    };
  });
}
