import { defineModule } from '../../kernel/module.ts';
import { sweepContacts } from './sweep-contacts.ts';

export { identifyCompany, setCompanyContext, upsertTrustedCompany, type CompanyIdentification } from './identify-company.ts';
export { identifyContact, type Identification } from './identify-contact.ts';
export { mergeContacts } from './merge-contacts.ts';
export { setContactContext } from './set-contact-context.ts';
export { upsertTrustedContact, type TrustedContact } from './upsert-trusted-contact.ts';
export { verifyContact, type BrandKey, type Verification, type Verified } from './verify-contact.ts';

/** Who somebody is: proofs, claims and what is told of them. Above contacts and conversations, because a merge moves both. */
export const identityModule = defineModule({
  id: 'identity',
  start(kernel, context) {
    kernel.jobs.schedule('contacts.sweep', '23 2 * * *', async () => { await sweepContacts(context()); });
  },
});
