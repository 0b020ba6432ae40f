import type { ActionContext } from '../../kernel/context.ts';
import { addTraits, Contact, contactColumns, readTraits, tellContactChanged, tellContactDetail } from '../contacts/index.ts';
import type { Proof } from './verify-contact.ts';

/** Writes what was proved. An address that nobody proved is a verified contact's no longer; it stays among what was told. */
export async function applyProof(tx: ActionContext, contact: Contact, { externalId, email, traits }: Proof, isAddressOfAnother: boolean): Promise<Contact> {
  const { name, locale, timeZone, signedUpAt, rest } = traits;
  const wasVerified = contact.kind === 'verified';
  const claim = !wasVerified && email !== contact.email ? contact.email : null;
  const address = email ?? (wasVerified ? contact.email : null);
  const changed: Partial<Contact> = {
    ...contactColumns({ name, locale }),
    kind: 'verified',
    external_id: externalId ?? contact.external_id,
    external_claim: null,
    email: address,
    proved_email: email === null ? contact.proved_email : isAddressOfAnother ? null : email,
    traits: Object.keys(rest).length > 0 ? addTraits(contact.traits, rest) : contact.traits,
    claimed_traits: claim === null ? contact.claimed_traits : JSON.stringify({ email: claim, ...readTraits(contact.claimed_traits) }),
    time_zone: timeZone ?? contact.time_zone,
    signed_up_at: contact.signed_up_at ?? signedUpAt ?? null,
    verified_at: contact.verified_at ?? tx.now,
  };
  const differing = (Object.keys(changed) as (keyof Contact)[]).filter((column) => (changed[column] ?? null) !== (contact[column] ?? null));
  if (differing.length === 0) return contact;
  await Contact.query(tx.db).findById(contact.id).patch({ ...changed, updated_at: tx.now });
  const isNamedAnew = differing.some((column) => ['kind', 'name', 'email', 'locale', 'external_id'].includes(column));
  if (isNamedAnew) await tellContactChanged(tx, contact);
  else await tellContactDetail(tx, contact.id);
  return Object.assign(contact, changed, { updated_at: tx.now });
}
