import { defineModule } from '../../kernel/module.ts';
import { contactHooks } from './contact.hooks.ts';
import { contactPolicies } from './contact.policy.ts';
import { touchGone } from './touch-contact.ts';

export { Contact, type ContactKind } from './contact.model.ts';
export { createContactSession, endContactSession, revokeContactSession, verifyContactSession } from './contact-sessions.ts';
export { ContactSession } from './contact-session.model.ts';
export { contactColumns, type ContactFields } from './contact-fields.ts';
export { reachesBrand } from './contact.policy.ts';
export { externalIdOf, presentContact, presentContactRef, provedAddressOf } from './contact.presenter.ts';
export { findContact, findContactById, findVerifiedByEmail, findVerifiedByExternalId, lockContact, lockLiving, readContact, selectContacts } from './contact.queries.ts';
export { createContact } from './create-contact.ts';
export { brandUidOf, contactTopics, tellContactChanged, tellContactDetail } from './tell-contact.ts';
export { addTraits, bytesOf, joinTraits, plainJson, readTraits, understandTraits, type UnderstoodTraits } from './traits.ts';
export { updateContact } from './update-contact.ts';
// Proofs, merges and what is told of a person stand in modules/identity: it needs the conversations as well.

export const contactsModule = defineModule({
  id: 'contacts',
  policies: contactPolicies,
  hooks: contactHooks,
  start(kernel, context) {
    kernel.realtime.onContactPresence((contactId, isOnline) => {
      if (isOnline) return;
      touchGone(context(), contactId).catch((error: unknown) => kernel.log.debug({ err: error }, 'the time a contact was seen last is not stored'));
    });
  },
});
