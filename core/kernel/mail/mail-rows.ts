import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isUniqueViolation } from '../db/database-errors.ts';
import { execute, selectRows } from '../db/statement.ts';
import type { Jobs } from '../jobs/jobs.ts';

export interface MailRow {
  id: number; uid: string; idempotency_key: string; message_id: string; brand_id: number | null;
  to_address: string; to_name: string | null; from_address: string; from_name: string | null;
  subject: string; text: string; html: string | null; headers: string | null;
  status: 'kept' | 'queued' | 'sent' | 'failed'; attempts: number; error: string | null;
  created_at: number; sent_at: number | null; next_attempt_at: number | null;
}

export const sendJob = 'mail.send';

/** A try that did not come back is made again after this. */
const tryMs = 120_000;

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Answers false when a mail with this idempotency key is there already. */
export async function insertMail(knex: Knex, row: Omit<MailRow, 'id' | 'attempts' | 'error' | 'sent_at'>): Promise<boolean> {
  try {
    await knex<MailRow>('mail_log').insert(row);
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** The row for the one who sends it now; undefined when it is not waiting any more. */
export async function beginTry(knex: Knex, uid: string): Promise<MailRow | undefined> {
  const begun = await execute(knex, `UPDATE mail_log SET attempts = attempts + 1, next_attempt_at = ? WHERE uid = ? AND status = 'queued'`, [Date.now() + tryMs, uid]);
  if (begun.changes === 0) return undefined;
  const [row] = await selectRows<MailRow>(knex, 'SELECT * FROM mail_log WHERE uid = ?', [uid]);
  return row;
}

export const markSent = (knex: Knex, id: number) =>
  execute(knex, `UPDATE mail_log SET status = 'sent', sent_at = ?, next_attempt_at = NULL, error = NULL WHERE id = ?`, [Date.now(), id]);

export const markFailed = (knex: Knex, id: number, error: string) =>
  execute(knex, `UPDATE mail_log SET status = 'failed', next_attempt_at = NULL, error = ? WHERE id = ?`, [error, id]);

export const markDelayed = (knex: Knex, id: number, error: string, nextAttemptAt: number) =>
  execute(knex, 'UPDATE mail_log SET next_attempt_at = ?, error = ? WHERE id = ?', [nextAttemptAt, error, id]);

/** Mails whose next try is due, oldest first. */
export async function dueMails(knex: Knex, limit: number): Promise<string[]> {
  const rows = await selectRows<{ uid: string }>(knex,
    `SELECT uid FROM mail_log WHERE status = 'queued' AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ${limit}`, [Date.now()]);
  return rows.map((row) => row.uid);
}

export const addSendJob = (jobs: Jobs, uid: string, trx?: Knex) => jobs.add(sendJob, { uid }, { id: uid, trx });

/** Sends a kept, failed or waiting mail (again) now, with the Message-ID it has. Answers false for one that was sent or is not there. */
export async function requeueMail({ knex, jobs }: { knex: Knex; jobs: Jobs }, uid: string): Promise<boolean> {
  const queued = await execute(knex, `UPDATE mail_log SET status = 'queued', attempts = 0, error = NULL, next_attempt_at = ? WHERE uid = ? AND status <> 'sent'`, [Date.now() + tryMs, uid]);
  if (queued.changes === 0) return false;
  await addSendJob(jobs, uid, knex);
  return true;
}
