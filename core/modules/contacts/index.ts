import { defineModule } from '../../kernel/module.ts';
import { contactHooks } from './contact.hooks.ts';
import { contactPolicies } from './contact.policy.ts';

export { Contact, type ContactKind } from './contact.model.ts';
export { createContactSession, revokeContactSession, verifyContactSession } from './contact-sessions.ts';
export type { ContactFields } from './contact-fields.ts';
export { reachesBrand } from './contact.policy.ts';
export { presentContact, presentContactRef } from './contact.presenter.ts';
export { findContact, lockContact, readContact, selectContacts } from './contact.queries.ts';
export { createContact } from './create-contact.ts';
export { updateContact } from './update-contact.ts';

export const contactsModule = defineModule({ id: 'contacts', policies: contactPolicies, hooks: contactHooks });
