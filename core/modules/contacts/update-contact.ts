import type { ActionContext } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { Contact, type ContactKind } from './contact.model.ts';
import { contactColumns, type ContactFields } from './contact-fields.ts';
import { lockContact, readContact } from './contact.queries.ts';

/**
 * Name, address and language of a contact. An anonymous contact with an address becomes identified; whoever proved an
 * address cannot exchange it here, and an operator who exchanges it takes the proof away.
 */
export async function updateContact(ctx: ActionContext, id: string, input: ContactFields): Promise<Contact> {
  const known = await readContact(ctx.db, id);
  if (!ctx.can('contact.view', known)) throw notFound('contact');
  ctx.authorize('contact.edit', known);
  const columns = contactColumns(input);
  return ctx.transaction(async (tx) => {
    const contact = await lockContact(tx.db, known.id);
    if (!contact) throw notFound('contact');
    const email = columns.email === undefined ? contact.email : columns.email;
    const isNewAddress = email !== contact.email;
    if (contact.kind === 'verified' && isNewAddress && !isStaff(tx.actor)) throw conflict('email_verified');
    const kind: ContactKind = isNewAddress || contact.kind === 'anonymous' ? (email ? 'identified' : 'anonymous') : contact.kind;
    const changed = { ...columns, kind, updated_at: tx.now };
    await Contact.query(tx.db).findById(contact.id).patch(changed);
    const brand = await tx.db<{ id: number; uid: string }>('brands').where({ id: contact.brand_id }).first('uid');
    await tx.emit('contact.updated', { contactId: contact.uid, brandId: brand?.uid ?? '' });
    await tx.broadcast('contact.changed', { contactId: contact.id });
    return Object.assign(contact, changed);
  });
}
