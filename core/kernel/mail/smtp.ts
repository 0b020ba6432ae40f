import type { Transporter } from 'nodemailer';
import type { Config } from '../config/config.ts';
import type { MailRow } from './mail-rows.ts';
import { SmtpInsideError, smtpTarget } from './smtp-target.ts';

export type SmtpOutcome = { kind: 'sent' } | { kind: 'later' | 'never'; error: string };

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
const maxErrorLength = 500;

interface SmtpError extends Error { code?: string; responseCode?: number; response?: string }

/** Hands one mail to the SMTP server. Addresses go as objects and as an envelope: no text is parsed as an address. */
export async function deliver(smtpUrl: string, row: MailRow, config: Pick<Config, 'smtpUrl' | 'allowPrivateNetwork'>): Promise<SmtpOutcome> {
  let transport: Transporter | undefined;
  try {
    const { default: nodemailer } = await import('nodemailer');
    transport = nodemailer.createTransport({ ...await smtpTarget(smtpUrl, config), ...timeouts });
    await transport.sendMail({
      messageId: row.message_id,
      date: new Date(row.created_at),
      from: { address: row.from_address, name: row.from_name ?? '' },
      to: { address: row.to_address, name: row.to_name ?? '' },
      envelope: { from: row.from_address, to: [row.to_address] },
      subject: row.subject,
      text: row.text,
      html: row.html ?? undefined,
      headers: row.headers ? JSON.parse(row.headers) as Record<string, string> : undefined,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { kind: 'sent' };
  } catch (error) {
    return { kind: error instanceof SmtpInsideError || isFinal(error as SmtpError) ? 'never' : 'later', error: describe(error as SmtpError) };
  } finally {
    transport?.close();
  }
}

/** 5xx is about this mail, but for a refused login, which an admin mends. */
const isFinal = ({ code, responseCode = 0 }: SmtpError): boolean => responseCode >= 500 && responseCode < 600 && code !== 'EAUTH';

const describe = ({ response, code, message }: SmtpError): string => (response ?? `${code ?? 'error'}: ${message}`).slice(0, maxErrorLength);
