import type { VerifiedIdentity } from '@plugboard/sdk';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { emailSchema } from '../../shared/primitives.ts';
import { externalIdSchema, systemManagedTraits } from '../../shared/sdk-api.ts';
import {
  createContact, findContact, findVerifiedByEmail, findVerifiedByExternalId, lockContact, understandTraits, type Contact, type UnderstoodTraits,
} from '../contacts/index.ts';
import { applyProof } from './apply-proof.ts';
import { mergeContacts } from './merge-contacts.ts';

export interface BrandKey { id: number; uid: string }

export interface Verification {
  /** Whose browser it is; null when nobody is there, as for a server key. */
  contactId: string | null;
  brand: BrandKey;
  identity: VerifiedIdentity;
  /** The proof speaks of this very contact (a server key that names it), and not only of somebody who uses its browser. */
  isAboutContact?: boolean;
}
export interface Verified { contact: Contact; /** Somebody became part of `contact`. */ merged: boolean; created: boolean }

/** A proof that was checked: what it says of the person, in the desk's words. */
export interface Proof { externalId: string | null; email: string | null; traits: UnderstoodTraits }

const tries = 10;
const managed: ReadonlySet<string> = new Set(systemManagedTraits);

/**
 * Somebody proved who they are. The customer's own id weighs more than the address. Whoever the proof leads to takes in the
 * unverified contact of this browser; a contact that is verified as somebody else stays as it is. Of many who prove the same
 * at once one makes the contact and the others find it: the unique keys let one through, and the rest look again.
 */
export async function verifyContact(ctx: ActionContext, input: Verification): Promise<Verified> {
  const proof = readProof(input.identity);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const verified = await ctx.transaction((tx) => verifyOnce(tx, input, proof));
      if (verified) return verified;
    } catch (error) {
      if (!isUniqueViolation(error) || ctx.inTransaction) throw error;
    }
    if (attempt === tries) throw new Error('who somebody is changed all the time while it was looked up');
  }
}

export function readProof({ externalId, email, name, traits }: VerifiedIdentity): Proof {
  const id = externalId === undefined ? null : externalIdSchema.safeParse(externalId);
  if (id?.success === false) throw invalid('externalId', 'invalid');
  const address = email === undefined ? null : emailSchema.safeParse(email.trim());
  if (address?.success === false) throw invalid('email', 'invalid_email');
  if (!id && !address) throw invalid('identity', 'required');
  // A token carries what its maker has at hand, such as the company or when the row was made: that is no trait, and no reason to turn somebody away.
  const facts = Object.fromEntries(Object.entries(traits ?? {}).filter(([trait]) => !managed.has(trait)));
  const understood = understandTraits({ ...facts, ...(name ? { name } : {}) });
  return { externalId: id?.data ?? null, email: address?.data ?? null, traits: understood };
}

interface People { current: Contact | null; byId: Contact | null; byEmail: Contact | null }

/** One look and one change; null when what was seen is no longer so under the locks. */
async function verifyOnce(tx: ActionContext, input: Verification, proof: Proof): Promise<Verified | null> {
  const seen = await look(tx, input, proof);
  const ids = [...new Set(Object.values(seen).flatMap((contact: Contact | null) => contact?.id ?? []))].sort((a, b) => a - b);
  const locked = new Map<number, Contact>();
  for (const id of ids) {
    const contact = await lockContact(tx.db, id);
    if (contact) locked.set(id, contact);
  }
  const people = under(seen, locked);
  if (!people || isStale(people, proof)) return null;
  const plan = decide(people, proof, input.isAboutContact ?? false);
  const target = plan.target ?? await createContact(tx, { brandId: input.brand.id, brandUid: input.brand.uid });
  for (const source of plan.sources) await mergeContacts(tx, source, target, input.brand.uid);
  const contact = await applyProof(tx, target, proof, plan.isAddressOfAnother);
  return { contact, merged: plan.sources.length > 0, created: plan.target === null };
}

async function look(tx: ActionContext, { contactId, brand }: Verification, { externalId, email }: Proof): Promise<People> {
  const current = contactId === null ? null : await findContact(tx.db, contactId);
  if (current === undefined || (current && current.brand_id !== brand.id)) throw notFound('contact');
  return {
    current,
    byId: externalId === null ? null : await findVerifiedByExternalId(tx.db, brand.id, externalId) ?? null,
    byEmail: email === null ? null : await findVerifiedByEmail(tx.db, brand.id, email) ?? null,
  };
}

function under(seen: People, locked: ReadonlyMap<number, Contact>): People | null {
  const of = (contact: Contact | null): Contact | null | undefined => contact && locked.get(contact.id);
  const [current, byId, byEmail] = [of(seen.current), of(seen.byId), of(seen.byEmail)];
  return current === undefined || byId === undefined || byEmail === undefined ? null : { current, byId, byEmail };
}

const isStale = ({ current, byId, byEmail }: People, proof: Proof): boolean =>
  [current, byId, byEmail].some((contact) => contact?.merged_into != null)
  || (byId !== null && byId.external_id !== proof.externalId)
  || (byEmail !== null && (byEmail.email !== proof.email || byEmail.kind !== 'verified'));

interface Plan { target: Contact | null; sources: Contact[]; /** The address leads to another verified person, who keeps it. */ isAddressOfAnother: boolean }

function decide({ current, byId, byEmail }: People, proof: Proof, isAboutContact: boolean): Plan {
  const own = current && !isSomebodyElse(current, proof, isAboutContact) ? current : null;
  // A mailbox that was proved by a code, and nothing more is known of its owner: it may become part of whoever proves both.
  const mailbox = byEmail && (byEmail.external_id === null || byEmail.external_id === proof.externalId) ? byEmail : null;
  const isOwn = own !== null && (isAboutContact || (own.kind === 'verified' && own.email === proof.email) || (own.external_id !== null && (mailbox !== null || byEmail === null)));
  const target = byId ?? (isOwn ? own : null) ?? (proof.externalId === null ? byEmail : mailbox) ?? own;
  // Two that each have an id of their own are two people, whatever else is proved.
  const sources = [own, mailbox].filter((contact): contact is Contact => contact !== null && contact.id !== target?.id && contact.external_id === null);
  return { target, sources: distinct(sources), isAddressOfAnother: byEmail !== null && byEmail.id !== target?.id && mailbox === null };
}

const distinct = (contacts: Contact[]): Contact[] => [...new Map(contacts.map((contact) => [contact.id, contact])).values()];

/**
 * Was the contact of this browser verified as a person that the proof does not speak of? What contradicts is another id, or
 * another address where nothing else is known; an address for somebody who had none adds to them.
 */
export function isSomebodyElse(contact: Contact, proof: Proof, isAboutContact: boolean): boolean {
  if (contact.external_id !== null && proof.externalId !== null) return contact.external_id !== proof.externalId;
  if (contact.kind !== 'verified' || isAboutContact) return false;
  if (proof.externalId !== null) return contact.email === null || contact.email !== proof.email;
  return contact.email !== null && contact.email !== proof.email;
}
