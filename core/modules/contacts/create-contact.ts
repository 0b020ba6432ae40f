import type { ActionContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { Contact, type ContactKind } from './contact.model.ts';
import { contactColumns, type ContactFields } from './contact-fields.ts';

export interface NewContact extends ContactFields { brandId: number; brandUid: string; /** Told who it is by another way than an address. */ isIdentified?: boolean }

/** A new contact of a brand. One that gives an address is identified, never verified. */
export async function createContact(ctx: ActionContext, input: NewContact): Promise<Contact> {
  const columns = contactColumns(input);
  const kind: ContactKind = columns.email || input.isIdentified ? 'identified' : 'anonymous';
  return ctx.transaction(async (tx) => {
    const contact = await Contact.query(tx.db).insertAndFetch({
      name: null, search_name: null, email: null, locale: null, ...columns,
      uid: newId(), kind, brand_id: input.brandId, last_seen_at: null, created_at: tx.now, updated_at: tx.now,
    });
    await tx.emit('contact.created', { contactId: contact.uid, brandId: input.brandUid });
    return contact;
  });
}
