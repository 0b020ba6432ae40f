import type { ActionContext } from '../../kernel/context.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { Attachment } from '../attachments/index.ts';
import { isPublicMessage, selectMessagesById } from '../messages/index.ts';
import { accessOf } from './conversation.model.ts';
import { findConversationById } from './conversation.queries.ts';

/** A file is reached through its message and conversation only; before a message uses it, by whoever brought it. A note's file never reaches a contact. */
export async function mayOpenFile(ctx: ActionContext, attachment: Attachment): Promise<boolean> {
  const { actor } = ctx;
  if (attachment.message_id === null || attachment.conversation_id === null) {
    const isOwnerType = attachment.owner_type === 'contact' ? actor.type === 'contact' : isStaff(actor);
    return isOwnerType && 'rowId' in actor && attachment.owner_id === actor.rowId;
  }
  const conversation = await findConversationById(ctx.db, attachment.conversation_id);
  const [message] = await selectMessagesById(ctx.db, [attachment.message_id]);
  if (!conversation || !message || !ctx.can('conversation.view', accessOf(conversation))) return false;
  return isPublicMessage(message) || ctx.can('message.view-note');
}
