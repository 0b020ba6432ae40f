import type { ActionContext } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { Contact, type ContactKind } from './contact.model.ts';
import { contactColumns, type ContactFields } from './contact-fields.ts';
import { lockLiving, readContact } from './contact.queries.ts';
import { tellContactChanged } from './tell-contact.ts';

/**
 * Name, address and language of a contact. An anonymous contact with an address becomes identified; whoever proved who they
 * are cannot exchange the address here, and an operator who exchanges it takes the proof away.
 */
export async function updateContact(ctx: ActionContext, id: string, input: ContactFields): Promise<Contact> {
  const known = await readContact(ctx.db, id);
  if (!ctx.can('contact.view', known)) throw notFound('contact');
  ctx.authorize('contact.edit', known);
  const columns = contactColumns(input);
  return ctx.transaction(async (tx) => {
    const contact = await lockLiving(tx.db, known.id);
    const email = columns.email === undefined ? contact.email : columns.email;
    const isNewAddress = email !== contact.email;
    if (contact.kind === 'verified' && isNewAddress && !isStaff(tx.actor)) throw conflict('email_verified');
    const kind: ContactKind = isNewAddress || contact.kind === 'anonymous' ? (email ?? contact.external_id ?? contact.external_claim ? 'identified' : 'anonymous') : contact.kind;
    const changed = { ...columns, kind, updated_at: tx.now, ...(isNewAddress ? { proved_email: null } : {}), ...(kind === 'verified' ? {} : { verified_at: null }) };
    await Contact.query(tx.db).findById(contact.id).patch(changed);
    await tellContactChanged(tx, contact);
    return Object.assign(contact, changed);
  });
}
