import type { ContactDto } from '@plugboard/sdk';
import type { ContactRef } from '../../shared/conversations.ts';
import type { Contact } from './contact.model.ts';

/** A contact as plugins see it. */
export function presentContact(contact: Contact, brandUid: string): ContactDto {
  return {
    id: contact.uid,
    kind: contact.kind,
    name: contact.name,
    email: contact.email,
    locale: contact.locale,
    brandId: brandUid,
    createdAt: new Date(contact.created_at).toISOString(),
  };
}

/** A contact in a row of a list. Without a name the address stands for it; an anonymous one has neither. */
export function presentContactRef(contact: Pick<Contact, 'uid' | 'kind' | 'name' | 'email'>): ContactRef {
  return { id: contact.uid, name: contact.name ?? contact.email ?? '', kind: contact.kind, email: contact.email };
}
