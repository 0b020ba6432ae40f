import type { Transporter } from 'nodemailer';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport/index.js';
import type { ActionContext } from '../../kernel/context.ts';
import { readMailSettings } from '../../kernel/mail/mail-settings.ts';
import { smtpTarget } from '../../kernel/mail/smtp-target.ts';
import type { MailCheck } from '../../shared/desk-settings.ts';
import { readDeskSettings } from './read-desk-settings.ts';

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000, dnsTimeout: 10_000 };
const namedFailures = new Set(['EAUTH', 'ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EENVELOPE', 'EINSIDE']);

/** Sends a real mail with the settings of this moment and tells what the server said. */
export async function checkMail(ctx: ActionContext, input: { to: string }): Promise<MailCheck> {
  ctx.authorize('settings.change');
  const { i18n } = ctx.kernel;
  const mail = await readMailSettings(ctx.kernel);
  if (mail.smtpUrl === null) return { ok: false, message: i18n.t('emails:check.notConfigured', ctx.locale) };
  const { deskName } = await readDeskSettings(ctx);
  const { host } = new URL(mail.smtpUrl);
  const from = mail.from ?? `support@${new URL(ctx.kernel.config.publicUrl).hostname}`;
  let transport: Transporter<SentMessageInfo> | undefined;
  try {
    const { default: nodemailer } = await import('nodemailer');
    transport = nodemailer.createTransport({ ...await smtpTarget(mail.smtpUrl, ctx.kernel.config), ...timeouts });
    const sent = await transport.sendMail({
      from: { address: from, name: mail.fromName ?? deskName },
      to: { address: input.to, name: '' },
      envelope: { from, to: [input.to] },
      subject: i18n.t('emails:check.subject', ctx.locale, { deskName }),
      text: i18n.t('emails:check.text', ctx.locale, { deskName, url: ctx.kernel.config.publicUrl }),
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { ok: true, detail: sent.response };
  } catch (error) {
    return { ok: false, message: i18n.t(`emails:check.failed.${failureOf(error)}`, ctx.locale, { host }) };
  } finally {
    transport?.close();
  }
}

function failureOf(error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  return namedFailures.has(code) ? code : 'other';
}
