import type { ContactsApi } from '@plugboard/sdk';
import { createActionContext } from '../../kernel/action-context.ts';
import type { Kernel } from '../../kernel/context.ts';
import type { PluginActor } from '../../kernel/policy/actor.ts';
import { emailSchema } from '../../shared/primitives.ts';
import { brandUids, readBrand } from '../brands/index.ts';
import {
  createContact, createContactSession, findContact, findVerifiedByEmail, presentContact, revokeContactSession, updateContact, verifyContactSession, type Contact,
} from '../contacts/index.ts';
import { trackContact } from '../context/index.ts';
import { identifyCompany, identifyContact, setContactContext, verifyContact } from '../identity/index.ts';
import { asContact } from './contact-context.ts';

/** Contacts for plugins. A change is made as the contact itself: it can tell its name and address; a plugin that checked a proof says so. */
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
      const { ctx, contact } = await asContact(kernel, id);
      return present(await updateContact(ctx, contact.uid, { name, email, locale }));
    },
    async isKnownAddress({ brandId, email }) {
      const brand = await readBrand(kernel.db.knex, brandId);
      const address = emailSchema.safeParse(email.trim());
      return address.success && await findVerifiedByEmail(kernel.db.knex, brand.id, address.data) !== undefined;
    },
    async verify({ contactId, brandId, identity }) {
      const brand = await readBrand(kernel.db.knex, brandId);
      const { contact, merged } = await verifyContact(asPlugin(), { contactId, brand: { id: brand.id, uid: brand.uid }, identity });
      return { contact: presentContact(contact, brand.uid), merged };
    },
    async identify(input) { return present(await identifyContact(asPlugin(), input)); },
    identifyCompany: (input) => identifyCompany(asPlugin(), input),
    setContext: (input) => setContactContext(asPlugin(), input),
    track: (input) => trackContact(asPlugin(), input),
    sessions: {
      async create(contactId, options) {
        const { ctx, contact } = await asContact(kernel, contactId);
        const { token, expiresAt } = await createContactSession(ctx, contact, options);
        return { token, expiresAt: new Date(expiresAt).toISOString() };
      },
      async verify(token) {
        const session = await verifyContactSession(asPlugin(), token);
        return session && { ...session, expiresAt: new Date(session.expiresAt).toISOString() };
      },
      revoke: (token) => revokeContactSession(asPlugin(), token),
    },
  };
}
