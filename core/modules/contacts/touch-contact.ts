import type { ActionContext } from '../../kernel/context.ts';
import { Contact } from './contact.model.ts';

/** "Last seen" is true to this much; more would be a write for each look. */
const everyMs = 5 * 60_000;

/** The contact is here. */
export async function touchContact(ctx: ActionContext, contact: Pick<Contact, 'id' | 'last_seen_at'>): Promise<void> {
  if ((contact.last_seen_at ?? 0) > ctx.now - everyMs) return;
  await Contact.query(ctx.db).findById(contact.id).patch({ last_seen_at: ctx.now });
}

/** The contact went. Every process hears of it: the first one writes. */
export async function touchGone(ctx: ActionContext, uid: string): Promise<void> {
  await Contact.query(ctx.db).where({ uid }).where((seen) => seen.whereNull('last_seen_at').orWhere('last_seen_at', '<', ctx.now - 60_000)).patch({ last_seen_at: ctx.now });
}
