import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import { requeueMail } from '../../kernel/mail/mail-rows.ts';
import type { MailLogDetailDto } from '../../shared/desk-settings.ts';
import { audit } from '../audit/index.ts';
import { presentWholeMail } from './mail-log.presenter.ts';
import { readMail } from './mail-log.queries.ts';

/** Sends a kept or failed mail (again), with the Message-ID it has. */
export async function retryMail(ctx: ActionContext, input: { id: string }): Promise<MailLogDetailDto> {
  ctx.authorize('mail.retry');
  const { jobs, mail } = ctx.kernel;
  const isConfigured = await mail.isConfigured();
  return ctx.transaction(async (tx) => {
    await readMail(tx.db, input.id);
    if (!isConfigured) throw conflict('mail_not_configured');
    if (!(await requeueMail({ knex: tx.db, jobs }, input.id))) throw conflict('mail_sent');
    await audit(tx, 'mail.retried', { type: 'mail', id: input.id });
    return presentWholeMail(await readMail(tx.db, input.id));
  });
}
