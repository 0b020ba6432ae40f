import type { Kernel } from '../../kernel/context.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { PluginDesk } from '../../kernel/plugins/services.ts';
import type { PluginActor } from '../../kernel/policy/actor.ts';
import { findAttachment, openAttachment, presentAttachment, storeAttachment, type Attachment } from '../attachments/index.ts';
import { mayOpenFile } from '../conversations/index.ts';
import { findContact } from '../contacts/index.ts';
import { asPerson } from './contact-context.ts';

/** Files for plugins: what a contact brought in and may use, and what it may open. */
export function createPluginFiles(kernel: Kernel, actor: PluginActor): Pick<PluginDesk, 'files' | 'keepUpload' | 'openFile'> {
  const visible = (fileId: string, contactId: string): Promise<Attachment | null> => asPerson(kernel, contactId, async ({ ctx }) => {
    const attachment = await findAttachment(ctx.db, fileId);
    return attachment && await mayOpenFile(ctx, attachment) ? attachment : null;
  });

  return {
    files: {
      async claimUpload({ uploadId, contactId }) {
        const attachment = await visible(uploadId, contactId);
        if (!attachment || attachment.message_id !== null) throw notFound('file');
        return presentAttachment(attachment);
      },
      async get({ fileId, contactId }) {
        const attachment = await visible(fileId, contactId);
        return attachment && presentAttachment(attachment);
      },
    },
    async keepUpload({ stored, name, owner }) {
      const row = owner.type === 'contact'
        ? await findContact(kernel.db.knex, owner.id)
        : await kernel.db.knex<{ id: number; uid: string }>('operators').where({ uid: owner.id }).first('id');
      if (!row) throw notFound(owner.type);
      const attachment = await storeAttachment(createActionContext(kernel, actor), { stored, name, owner: { type: owner.type, id: row.id } });
      return { id: attachment.uid, name: attachment.name, type: attachment.type, size: Number(attachment.size) };
    },
    async openFile({ fileId, contactId }) {
      const attachment = await visible(fileId, contactId);
      return attachment && openAttachment(kernel.files, attachment, 'inline');
    },
  };
}
