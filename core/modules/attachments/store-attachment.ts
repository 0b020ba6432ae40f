import { limits } from '../../shared/limits.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { tooLarge } from '../../kernel/errors.ts';
import type { StoredFile } from '../../kernel/files/files.ts';
import { newId } from '../../kernel/ids.ts';
import { lockLiving } from '../contacts/index.ts';
import { Attachment } from './attachment.model.ts';
import { uploadedBytes } from './attachment.queries.ts';

const day = 24 * 60 * 60 * 1000;

export interface AttachmentOwner { type: 'contact' | 'operator'; id: number }

/**
 * The row of a stored file. A contact may bring in 100 MB a day; a file over that is removed again. The owner's row is
 * locked first, so that parallel uploads are counted one after the other.
 */
export async function storeAttachment(ctx: ActionContext, input: { stored: StoredFile; name: string; owner: AttachmentOwner }): Promise<Attachment> {
  const { stored } = input;
  const owner = { ...input.owner };
  try {
    return await ctx.transaction(async (tx) => {
      if (owner.type === 'contact') {
        owner.id = (await lockLiving(tx.db, owner.id)).id;
        const used = await uploadedBytes(tx.db, owner, tx.now - day);
        if (used + stored.size > limits.visitorUploadBytesPerDay) throw tooLarge('visitorUploadBytesPerDay', limits.visitorUploadBytesPerDay);
      }
      return Attachment.query(tx.db).insertAndFetch({
        uid: newId(), message_id: null, conversation_id: null, owner_type: owner.type, owner_id: owner.id,
        name: safeFileName(input.name), type: stored.type.slice(0, 150), size: stored.size, file_key: stored.key,
        is_image: stored.isImage ? 1 : 0, width: stored.width, height: stored.height, created_at: tx.now,
      });
    });
  } catch (error) {
    await ctx.kernel.files.remove(stored.key);
    throw error;
  }
}

/** The last part of what the sender called it, without control and direction marks; never used as a path. */
export function safeFileName(given: string): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  if (clean === '' || /^\.+$/.test(clean)) return 'file';
  if (clean.length <= 200) return clean;
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 20 ? clean.slice(dot) : '';
  return clean.slice(0, 200 - ending.length).toWellFormed() + ending;
}
