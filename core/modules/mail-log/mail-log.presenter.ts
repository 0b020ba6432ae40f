import type { MailLogDetailDto, MailLogEntryDto } from '../../shared/desk-settings.ts';
import type { LoggedMailRow } from './mail-log.queries.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function presentMail(mail: LoggedMailRow): MailLogEntryDto {
  return {
    id: mail.uid,
    to: { address: mail.to_address, name: mail.to_name },
    subject: mail.subject,
    status: mail.status,
    attempts: mail.attempts,
    error: mail.error,
    brandId: mail.brand_uid,
    createdAt: new Date(mail.created_at).toISOString(),
    sentAt: iso(mail.sent_at),
    nextAttemptAt: iso(mail.next_attempt_at),
  };
}

export function presentWholeMail(mail: LoggedMailRow): MailLogDetailDto {
  return {
    ...presentMail(mail),
    from: { address: mail.from_address, name: mail.from_name },
    messageId: mail.message_id,
    text: mail.text,
    html: mail.html,
  };
}
