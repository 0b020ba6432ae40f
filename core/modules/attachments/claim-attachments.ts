import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { limits } from '../../shared/limits.ts';
import { Attachment } from './attachment.model.ts';
import type { AttachmentOwner } from './store-attachment.ts';

/** Ties files to the message that uses them. Each must be the author's own and used by no other message: a file is claimed once. */
export async function claimAttachments(tx: ActionContext, uids: readonly string[], owner: AttachmentOwner, place: { messageId: number; conversationId: number }): Promise<Attachment[]> {
  const wanted = [...new Set(uids)];
  if (wanted.length === 0) return [];
  if (wanted.length > limits.attachmentsPerMessage) throw invalid('attachmentIds', 'too_big');
  const claimed = await Attachment.query(tx.db).whereIn('uid', wanted)
    .where({ owner_type: owner.type, owner_id: owner.id }).whereNull('message_id')
    .patch({ message_id: place.messageId, conversation_id: place.conversationId });
  if (claimed !== wanted.length) throw invalid('attachmentIds', 'unknown_file');
  return Attachment.query(tx.db).where({ message_id: place.messageId }).orderBy('id');
}
