import { createHash } from 'node:crypto';
import type { MailResult, PluginMail } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { callActor } from '../../kernel/hooks/event-origin.ts';
import { hashKey } from '../../kernel/mail/mail-rows.ts';
import type { RenderedMail } from '../../kernel/mail/template/render-mail.ts';
import { TemplateProblem } from '../../kernel/mail/template/template-problem.ts';
import type { RegisteredTemplate } from '../../kernel/plugins/providers.ts';
import { composeMail, webAddress, type MailOccasion } from './compose-mail.ts';
import { localesToTry, ownTexts, pickText, textsKey } from './find-text.ts';
import { findRecipient, type Recipient } from './mail-recipient.ts';
import { takeUnprovedMail } from './unproved-mails.ts';

/** A mail out of a template: to whom, in which words, and whether at all. */
export async function sendTemplateMail(ctx: ActionContext, template: RegisteredTemplate, mail: PluginMail): Promise<MailResult> {
  const to = await findRecipient(ctx.db, mail.to, mail.brandId, template);
  if ('status' in to) {
    ctx.log.info({ template: template.kind, reason: to.reason }, 'a mail was not sent');
    return to;
  }
  const idempotencyKey = `plugin:${template.pluginId}:${mail.idempotencyKey}`;
  const values = await ctx.kernel.hooks.filter('placeholders.values', mail.values, { conversationId: null, template: template.kind }, callActor(ctx.actor));
  const rendered = await compose(ctx, template, { ...mail, values }, to);
  const result = await ctx.transaction(async (tx): Promise<MailResult> => {
    // A repeat takes nothing of what an address may get in a day.
    if (await tx.db('mail_log').where({ idempotency_key: hashKey(idempotencyKey) }).first('id')) return { status: 'queued' };
    if (to.isLimited && !(await takeUnprovedMail(tx.db, tx.now, to.brand?.id ?? 0, to.address))) return { status: 'suppressed', reason: 'limit' };
    await tx.kernel.mail.send(tx, {
      to: { address: to.address, ...(to.name ? { name: to.name } : {}) },
      ...(to.brand ? { fromName: to.brand.name } : {}),
      ...rendered, idempotencyKey, brandId: to.brand?.id ?? null,
      headers: headersOf(mail, template, new URL(ctx.kernel.config.publicUrl).hostname),
    });
    return { status: 'queued' };
  });
  if (result.status === 'suppressed') ctx.log.info({ template: template.kind, reason: result.reason }, 'a mail was not sent');
  return result;
}

/** In the words of the desk; in the shipped ones when those cannot be read any more. */
async function compose(ctx: ActionContext, template: RegisteredTemplate, mail: PluginMail, to: Recipient): Promise<RenderedMail> {
  const locale = mail.locale ?? to.locale ?? to.brand?.locale ?? await ctx.kernel.settings.get<string>('core', 'defaultLocale') ?? 'en';
  const locales = localesToTry(locale, to.brand?.locale);
  const texts = await ownTexts(ctx.db, await textsKey(ctx.db, template.kind, mail.variant));
  const text = pickText(template.texts, texts, to.brand?.id ?? null, locales);
  const occasion: MailOccasion = {
    template, text, values: mail.values, brand: to.brand, recipientName: to.name, locale, timeZone: to.timeZone, unsubscribeUrl: mail.unsubscribeUrl,
  };
  try {
    return await composeMail(ctx.kernel, occasion);
  } catch (error) {
    if (!(error instanceof TemplateProblem) || text.isShipped) throw error;
    ctx.log.warn({ template: template.kind, locale: text.locale, err: error }, 'the text of a mail cannot be read; the shipped one is sent');
    return composeMail(ctx.kernel, { ...occasion, text: pickText(template.texts, [], null, locales) });
  }
}

/** Says to other machines that a machine wrote this, how to stop it, and which mails belong together. */
function headersOf(mail: PluginMail, template: RegisteredTemplate, host: string): Record<string, string> {
  const unsubscribe = webAddress(mail.unsubscribeUrl);
  const thread = mail.threadId === undefined ? null : `<thread.${createHash('sha256').update(`${template.pluginId}:${mail.threadId}`).digest('hex').slice(0, 40)}@${host}>`;
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribe ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    ...(thread ? { 'In-Reply-To': thread, References: thread } : {}),
  };
}
