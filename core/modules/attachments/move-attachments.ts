import type { ActionContext } from '../../kernel/context.ts';
import { Attachment } from './attachment.model.ts';

/** Files that a contact brought in are another one's. */
export async function moveAttachments(tx: ActionContext, fromId: number, intoId: number): Promise<void> {
  await Attachment.query(tx.db).where({ owner_type: 'contact', owner_id: fromId }).patch({ owner_id: intoId });
}
