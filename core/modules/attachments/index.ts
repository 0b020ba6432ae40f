import { defineModule } from '../../kernel/module.ts';
import { attachmentPolicies } from './attachment.policy.ts';
import { attachmentRoutes } from './attachments.routes.ts';
import { sweepAttachments } from './sweep-attachments.ts';

export { Attachment } from './attachment.model.ts';
export { presentAttachment } from './attachment.presenter.ts';
export { attachmentsOf, findAttachment } from './attachment.queries.ts';
export { claimAttachments } from './claim-attachments.ts';
export { moveAttachments } from './move-attachments.ts';
export { openAttachment, type OpenAttachment } from './open-attachment.ts';
export { safeFileName, storeAttachment, type AttachmentOwner } from './store-attachment.ts';

export const attachmentsModule = defineModule({
  id: 'attachments',
  routes: attachmentRoutes,
  policies: attachmentPolicies,
  start(kernel, context) {
    kernel.jobs.schedule('attachments.sweep', '17 * * * *', async () => { await sweepAttachments(context()); });
  },
});
