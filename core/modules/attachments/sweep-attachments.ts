import type { ActionContext } from '../../kernel/context.ts';
import { Attachment } from './attachment.model.ts';

const day = 24 * 60 * 60 * 1000;
const batch = 200;

/** Removes files that no message used within a day, oldest first. Row first: a file without a row is only wasted space. */
export async function sweepAttachments(ctx: ActionContext): Promise<number> {
  const stale = await Attachment.query(ctx.db).whereNull('message_id').where('created_at', '<', ctx.now - day).orderBy('created_at').limit(batch);
  for (const attachment of stale) {
    const removed = await Attachment.query(ctx.db).findById(attachment.id).whereNull('message_id').delete();
    if (removed > 0) await ctx.kernel.files.remove(attachment.file_key);
  }
  return stale.length;
}
