import type { ActionContext } from '../../kernel/context.ts';
import { lockLiving, readContact, tellContactDetail } from '../contacts/index.ts';
import { setContext, type ContextChange } from '../context/index.ts';

/** Entries of one contact; `null` clears all that the caller may clear. */
export async function setContactContext(ctx: ActionContext, input: { contactId: string; isTrusted: boolean; entries: ContextChange | null }): Promise<void> {
  const known = await readContact(ctx.db, input.contactId);
  await ctx.transaction(async (tx) => {
    const contact = await lockLiving(tx.db, known.id);
    if (await setContext(tx, { type: 'contact', id: contact.id, brandId: contact.brand_id }, input.entries, input.isTrusted)) await tellContactDetail(tx, contact.id);
  });
}
