import type { ContactDto } from '@plugboard/sdk';
import type { ContactRef } from '../../shared/conversations.ts';
import type { Contact } from './contact.model.ts';

/** The customer's own id: of a verified contact the one that was proved, else what there is. */
export const externalIdOf = (contact: Pick<Contact, 'kind' | 'external_id' | 'external_claim'>): string | null =>
  contact.kind === 'verified' ? contact.external_id : contact.external_id ?? contact.external_claim;

/** Where mail with somebody's words may go: only to an address that was proved. */
export const provedAddressOf = (contact: Pick<Contact, 'kind' | 'email'>): string | null => contact.kind === 'verified' ? contact.email : null;

/** A contact as plugins see it. */
export function presentContact(contact: Contact, brandUid: string): ContactDto {
  return {
    id: contact.uid,
    kind: contact.kind,
    name: contact.name,
    email: contact.email,
    externalId: externalIdOf(contact) ?? null,
    locale: contact.locale,
    brandId: brandUid,
    createdAt: new Date(contact.created_at).toISOString(),
  };
}

/** A contact in a row of a list. Without a name the address stands for it; an anonymous one has neither. */
export function presentContactRef(contact: Pick<Contact, 'uid' | 'kind' | 'name' | 'email'>): ContactRef {
  return { id: contact.uid, name: contact.name ?? contact.email ?? '', kind: contact.kind, email: contact.email };
}
