import type { Knex } from 'knex';
import { Attachment } from './attachment.model.ts';

export const findAttachment = (db: Knex, uid: string): Promise<Attachment | undefined> => Attachment.query(db).findOne({ uid }).execute();

/** Files by the row id of their message; no statement at all when no message has one. */
export async function attachmentsOf(db: Knex, messages: readonly { id: number; attachment_count: number }[]): Promise<ReadonlyMap<number, Attachment[]>> {
  const ids = messages.filter((message) => message.attachment_count > 0).map((message) => message.id);
  const byMessage = new Map<number, Attachment[]>();
  if (ids.length === 0) return byMessage;
  for (const row of await Attachment.query(db).whereIn('message_id', ids).orderBy('id')) {
    byMessage.set(row.message_id ?? 0, [...(byMessage.get(row.message_id ?? 0) ?? []), row]);
  }
  return byMessage;
}

/** Bytes that an owner brought in since then. */
export async function uploadedBytes(db: Knex, owner: { type: string; id: number }, since: number): Promise<number> {
  const row = await db('attachments').where({ owner_type: owner.type, owner_id: owner.id }).where('created_at', '>', since).sum({ bytes: 'size' }).first();
  return Number(row?.bytes ?? 0);
}
