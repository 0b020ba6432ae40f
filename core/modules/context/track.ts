import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { bytesOf, lockLiving, plainJson, readContact, tellContactDetail } from '../contacts/index.ts';
import { ContactActivity } from './context.model.ts';

export const activityKept = 50;
const metaBytes = 8 * 1024;
const nameLength = 2_000;

export interface Tracked { contactId: string; kind: 'event' | 'page'; name: string; meta?: Record<string, unknown> | undefined }

/** Something the person did, or a page they opened. */
export async function trackContact(ctx: ActionContext, input: Tracked): Promise<void> {
  const name = [...input.name.replaceAll('\u0000', '').toWellFormed().trim()].slice(0, nameLength).join('');
  if (name === '') throw invalid('name', 'required');
  const meta = plainJson(input.meta ?? {});
  if (bytesOf(meta) > metaBytes) throw invalid('meta', 'too_big');
  await ctx.transaction(async (tx) => {
    // The lock keeps it from being stored under a contact that is merged away at this moment.
    const contact = await lockLiving(tx.db, (await readContact(tx.db, input.contactId)).id);
    await ContactActivity.query(tx.db).insert({ contact_id: contact.id, kind: input.kind, name, meta: JSON.stringify(meta), created_at: tx.now });
    await dropOldActivity(tx, contact.id, input.kind);
    await tellContactDetail(tx, contact.id);
  });
}

export async function dropOldActivity(tx: ActionContext, contactId: number, kind: 'event' | 'page'): Promise<void> {
  const newest = await ContactActivity.query(tx.db).where({ contact_id: contactId, kind }).orderBy('id', 'desc').limit(activityKept + 1).select('id');
  const first = newest[activityKept];
  if (first) await ContactActivity.query(tx.db).where({ contact_id: contactId, kind }).where('id', '<=', first.id).delete();
}
