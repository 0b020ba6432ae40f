import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ContactActor } from '../../kernel/policy/actor.ts';
import { findContact, type Contact } from '../contacts/index.ts';

export interface ContactContext { ctx: ActionContext; contact: Contact }

/** Whatever a plugin does about a conversation it does as the contact: the policy then knows no more than the contact may. */
export async function asContact(kernel: Kernel, contactId: string): Promise<ContactContext> {
  const contact = await findContact(kernel.db.knex, contactId);
  if (!contact) throw notFound('contact');
  const actor: ContactActor = { type: 'contact', id: contact.uid, rowId: contact.id, brandId: contact.brand_id, name: contact.name ?? '' };
  return { ctx: createActionContext(kernel, actor, contact.locale ? { locale: contact.locale } : {}), contact };
}

/**
 * Does something as the contact, whoever that is. One that becomes part of another contact meanwhile is refused half-way:
 * the same is done again as who they are now.
 */
export async function asPerson<T>(kernel: Kernel, contactId: string, work: (person: ContactContext) => Promise<T>): Promise<T> {
  const person = await asContact(kernel, contactId);
  try {
    return await work(person);
  } catch (error) {
    const now = await findContact(kernel.db.knex, contactId);
    if (!now || now.id === person.contact.id) throw error;
    return asPerson(kernel, contactId, work);
  }
}
