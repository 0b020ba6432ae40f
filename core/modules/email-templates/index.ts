import { defineModule } from '../../kernel/module.ts';
import { forgetUnprovedMails } from './unproved-mails.ts';

export { sendTemplateMail } from './send-template-mail.ts';

/** The words of the mails that plugins send, and who gets them. */
export const emailTemplatesModule = defineModule({
  id: 'email-templates',
  start(kernel) {
    kernel.jobs.schedule('email-templates.prune', '17 4 * * *', async () => { await forgetUnprovedMails(kernel.db.knex, Date.now()); });
  },
});
