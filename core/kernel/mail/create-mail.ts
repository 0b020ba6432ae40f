import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Hooks } from '../hooks/hooks.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Settings } from '../settings/settings.ts';
import type { Mail, OutgoingMail } from './mail.ts';
import { addSendJob, beginTry, dueMails, hashKey, insertMail, markDelayed, markFailed, markSent, sendJob, type MailRow } from './mail-rows.ts';
import { readMailSettings, type MailSettings } from './mail-settings.ts';
import { deliver } from './smtp.ts';

export interface MailOptions { db: Database; jobs: Jobs; settings: Settings; secrets: Secrets; config: Config; log: Log; hooks: Pick<Hooks, 'filter'> }

const minute = 60_000;
/** Pauses after each failed try: 49 hours in all, then the mail has failed. */
export const retryPausesMs = [1, 5, 15, 60, 240, 480, 720, 1440].map((minutes) => minutes * minute);

const maxSubject = 500;
const maxName = 200;
const addressPattern = /^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]{1,255}$/;
const ownHeaders = /^(from|to|cc|bcc|sender|subject|date|message-id|content-.*|mime-version)$/i;

/** Mail out over the table `mail_log` and the job `mail.send`. */
export function createMail(options: MailOptions): Mail {
  const { db, jobs, config } = options;
  jobs.define<{ uid: string }>(sendJob, ({ data }) => sendNow(options, data.uid), { timeoutMs: 2 * minute, concurrency: 4 });
  // The log is what counts: a try that is due is made even when its job was lost.
  jobs.schedule('mail.retries', '* * * * *', async () => {
    for (const uid of await dueMails(db.knex, 500)) await addSendJob(jobs, uid);
  });
  return {
    async send(ctx, mail) {
      const settings = await readMailSettings(options);
      const row = toRow(mail, settings, new URL(config.publicUrl).hostname);
      const isNew = await insertMail(ctx.db, row);
      if (isNew && row.status === 'queued') await addSendJob(jobs, row.uid, ctx.inTransaction ? ctx.db : undefined);
    },
    async isConfigured() {
      return (await readMailSettings(options)).smtpUrl !== null;
    },
  };
}

function toRow(mail: OutgoingMail, settings: MailSettings, host: string): Omit<MailRow, 'id' | 'attempts' | 'error' | 'sent_at'> {
  const uid = newId();
  const now = Date.now();
  const from = mail.from ?? { address: settings.from ?? `support@${host}`, name: mail.fromName ?? settings.fromName ?? undefined };
  return {
    uid,
    idempotency_key: hashKey(mail.idempotencyKey),
    message_id: `<${uid}@${addressOf(from.address, 'from').split('@')[1] ?? host}>`,
    brand_id: mail.brandId ?? null,
    to_address: addressOf(mail.to.address, 'to'),
    to_name: nameOf(mail.to.name),
    from_address: from.address,
    from_name: nameOf(from.name),
    subject: oneLine(mail.subject, maxSubject),
    text: mail.text,
    html: mail.html ?? null,
    headers: mail.headers ? JSON.stringify(safeHeaders(mail.headers)) : null,
    status: settings.smtpUrl === null ? 'kept' : 'queued',
    created_at: now,
    next_attempt_at: settings.smtpUrl === null ? null : now + minute,
  };
}

function addressOf(address: string, path: string): string {
  if (!addressPattern.test(address)) throw invalid(path, 'invalid_email');
  return address;
}

const nameOf = (name: string | undefined): string | null => (name ? oneLine(name, maxName) : null);

/** Control characters and line breaks become spaces, so that no header can begin inside another. */
const oneLine = (text: string, max: number): string => [...text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()].slice(0, max).join('');

function safeHeaders(headers: Record<string, string>): Record<string, string> {
  const allowed = Object.entries(headers).filter(([name]) => /^[A-Za-z][A-Za-z0-9-]*$/.test(name) && !ownHeaders.test(name));
  return Object.fromEntries(allowed.map(([name, value]) => [name, oneLine(value, 2000)]));
}

/** One try. What goes wrong is written to the log and tried again from there, so the job itself is done. */
async function sendNow(options: MailOptions, uid: string): Promise<void> {
  const { db, log } = options;
  const begun = await beginTry(db.knex, uid);
  if (!begun) return;
  const row = begun.attempts === 1 ? await filtered(options, begun) : begun;
  const { smtpUrl } = await readMailSettings(options);
  const outcome = smtpUrl === null ? { kind: 'later' as const, error: 'no mail server is set' } : await deliver(smtpUrl, row, options.config);
  if (outcome.kind === 'sent') {
    await markSent(db.knex, row.id);
    return;
  }
  const pauseMs = retryPausesMs[row.attempts - 1];
  if (outcome.kind === 'never' || pauseMs === undefined) {
    await markFailed(db.knex, row.id, outcome.error);
    log.warn({ mail: uid, error: outcome.error }, 'a mail could not be sent');
  } else {
    await markDelayed(db.knex, row.id, outcome.error, Date.now() + pauseMs);
    log.info({ mail: uid, error: outcome.error, attempt: row.attempts }, 'a mail is sent later');
  }
}

/** What plugins make of a mail is kept in the log, so that each later try sends the same. */
async function filtered({ db, hooks }: MailOptions, row: MailRow): Promise<MailRow> {
  const before = { subject: row.subject, text: row.text, html: row.html };
  const after = await hooks.filter('notification.outgoing', before, { mailId: row.uid, to: row.to_address }, { type: 'system', id: null });
  if (after === before) return row;
  const changed = { subject: oneLine(after.subject, maxSubject), text: after.text, html: after.html };
  await db.knex<MailRow>('mail_log').where({ id: row.id }).update(changed);
  return { ...row, ...changed };
}
