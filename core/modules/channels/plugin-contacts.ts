import type { ContactsApi } from '@plugboard/sdk';
import { createActionContext } from '../../kernel/action-context.ts';
import type { Kernel } from '../../kernel/context.ts';
import type { PluginActor } from '../../kernel/policy/actor.ts';
import { brandUids, readBrand } from '../brands/index.ts';
import {
  createContact, createContactSession, findContact, presentContact, revokeContactSession, updateContact, verifyContactSession, type Contact,
} from '../contacts/index.ts';
import { asContact } from './contact-context.ts';

/** Contacts for plugins. A change is made as the contact itself: it can tell its name and address, not prove them. */
export function createPluginContacts(kernel: Kernel, actor: PluginActor): ContactsApi {
  const asPlugin = () => createActionContext(kernel, actor);
  const present = async (contact: Contact) => presentContact(contact, (await brandUids(kernel.db.knex)).get(contact.brand_id) ?? '');

  return {
    async create({ brandId, name, email, locale, kind }) {
      const brand = await readBrand(kernel.db.knex, brandId);
      return presentContact(await createContact(asPlugin(), { name, email, locale, isIdentified: kind === 'identified', brandId: brand.id, brandUid: brand.uid }), brand.uid);
    },
    async get(id) {
      const contact = await findContact(kernel.db.knex, id);
      return contact ? present(contact) : null;
    },
    async update(id, { name, email, locale }) {
      const { ctx } = await asContact(kernel, id);
      return present(await updateContact(ctx, id, { name, email, locale }));
    },
    sessions: {
      async create(contactId) {
        const { ctx, contact } = await asContact(kernel, contactId);
        const { token, expiresAt } = await createContactSession(ctx, contact);
        return { token, expiresAt: new Date(expiresAt).toISOString() };
      },
      verify: (token) => verifyContactSession(asPlugin(), token),
      revoke: (token) => revokeContactSession(asPlugin(), token),
    },
  };
}
