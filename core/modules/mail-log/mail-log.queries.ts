import type { Knex } from 'knex';
import { notFound } from '../../kernel/errors.ts';
import { LoggedMail } from './mail-log.model.ts';

export type LoggedMailRow = LoggedMail & { brand_uid: string | null };

const listed = ['id', 'uid', 'to_address', 'to_name', 'subject', 'status', 'attempts', 'error', 'created_at', 'sent_at', 'next_attempt_at'];
const withBrand = (db: Knex, columns: readonly string[]) => LoggedMail.query(db)
  .leftJoin('brands', 'brands.id', 'mail_log.brand_id')
  .select(...columns.map((column) => `mail_log.${column}`), 'brands.uid as brand_uid');

/** Newest first, without the bodies. */
export async function selectMails(db: Knex, options: { limit: number; beforeId: number | undefined }): Promise<LoggedMailRow[]> {
  const query = withBrand(db, listed).orderBy('mail_log.id', 'desc').limit(options.limit + 1);
  if (options.beforeId !== undefined) query.where('mail_log.id', '<', options.beforeId);
  return (await query) as LoggedMailRow[];
}

export async function readMail(db: Knex, uid: string): Promise<LoggedMailRow> {
  const mail = await withBrand(db, ['*']).findOne('mail_log.uid', uid);
  if (!mail) throw notFound('mail');
  return mail as LoggedMailRow;
}
