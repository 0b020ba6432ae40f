import { defineRoute } from '../../kernel/http/route.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { limits } from '../../shared/limits.ts';
import { presentAttachment } from './attachment.presenter.ts';
import { storeAttachment } from './store-attachment.ts';

export const attachmentRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/v1/files',
    summary: 'Takes in a file that one message of yours may use',
    tag: 'files',
    access: { policy: 'file.upload' },
    upload: { maxBytes: limits.attachmentBytes },
    async handle({ ctx, upload }) {
      if (!upload) throw invalid('file', 'required');
      if (!isStaff(ctx.actor)) throw forbidden('file.upload');
      const stored = await ctx.kernel.files.put(upload.path, upload.name);
      const attachment = await storeAttachment(ctx, { stored, name: upload.name, owner: { type: 'operator', id: ctx.actor.rowId } });
      return { status: 201, body: presentAttachment(attachment) };
    },
  }),
];
