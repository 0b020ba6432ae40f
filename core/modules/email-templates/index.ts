import { defineModule, type Module } from '../../kernel/module.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { emailTemplatePolicies } from './email-template.policy.ts';
import { emailTemplateRoutes } from './email-templates.routes.ts';
import { forgetUnprovedMails } from './unproved-mails.ts';

export { sendTemplateMail } from './send-template-mail.ts';

/** The words of the mails that plugins send, and who gets them. Which templates there are is kept by the plugin host. */
export const createEmailTemplatesModule = (providers: () => Providers): Module => defineModule({
  id: 'email-templates',
  routes: emailTemplateRoutes(providers),
  policies: emailTemplatePolicies,
  start(kernel) {
    kernel.jobs.schedule('email-templates.prune', '17 4 * * *', async () => { await forgetUnprovedMails(kernel.db.knex, Date.now()); });
  },
});
