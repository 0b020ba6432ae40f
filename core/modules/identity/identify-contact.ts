import type { Traits } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { externalIdSchema } from '../../shared/sdk-api.ts';
import {
  addTraits, brandUidOf, Contact, contactColumns, lockLiving, readContact, readTraits, tellContactChanged, tellContactDetail, understandTraits, type UnderstoodTraits,
} from '../contacts/index.ts';
import { setContext, type ContextChange } from '../context/index.ts';
import { verifyContact } from './verify-contact.ts';

export interface Identification {
  contactId: string;
  /** A server key or a valid token stands behind it. */
  isTrusted: boolean;
  externalId?: string | undefined;
  traits?: Traits | undefined;
  context?: ContextChange | undefined;
}

/**
 * What is told of a person. With a proof it may change who they are and who they are merged with, and what it says wins.
 * Without one it changes the named contact alone: its id and address are claims, and it replaces nothing that was proved.
 */
export async function identifyContact(ctx: ActionContext, input: Identification): Promise<Contact> {
  const contact = input.isTrusted ? await proveAndTell(ctx, input) : await claim(ctx, input);
  if (!input.context) return contact;
  return ctx.transaction(async (tx) => {
    const row = await lockLiving(tx.db, contact.id);
    if (await setContext(tx, { type: 'contact', id: row.id, brandId: row.brand_id }, input.context ?? {}, input.isTrusted)) await tellContactDetail(tx, row.id);
    return row;
  });
}

/** By an id or an address the person is looked up as with any other proof; other facts are written beside what is known. */
async function proveAndTell(ctx: ActionContext, { contactId, externalId, traits = {} }: Identification): Promise<Contact> {
  const known = await readContact(ctx.db, contactId);
  const { email } = understandTraits(traits);
  const id = externalId ?? known.external_id ?? undefined;
  if (id !== undefined || email !== undefined) {
    const brand = { id: known.brand_id, uid: await brandUidOf(ctx, known.brand_id) };
    const identity = { traits: withoutAddress(traits), ...(id === undefined ? {} : { externalId: id }), ...(email === undefined ? {} : { email }) };
    return (await verifyContact(ctx, { contactId: known.uid, brand, identity, isAboutContact: true })).contact;
  }
  return ctx.transaction(async (tx) => {
    const contact = await lockLiving(tx.db, known.id);
    const { name, locale, timeZone, signedUpAt, rest } = understandTraits(traits);
    return save(tx, contact, {
      ...contactColumns({ name, locale }), ...(timeZone ? { time_zone: timeZone } : {}), signed_up_at: contact.signed_up_at ?? signedUpAt ?? null,
      ...(Object.keys(rest).length > 0 ? { traits: addTraits(contact.traits, rest) } : {}),
    });
  });
}

/** The address is proved as such; as a trait it would be there twice. */
const withoutAddress = ({ email, ...traits }: Traits): Traits => (typeof email === 'string' ? traits : { ...traits, ...(email === undefined ? {} : { email }) });

async function claim(ctx: ActionContext, { contactId, externalId, traits }: Identification): Promise<Contact> {
  const known = await readContact(ctx.db, contactId);
  const id = externalId === undefined ? null : externalIdSchema.safeParse(externalId);
  if (id?.success === false) throw invalid('externalId', 'invalid');
  return ctx.transaction(async (tx) => {
    const contact = await lockLiving(tx.db, known.id);
    const understood = understandTraits(traits ?? {});
    return save(tx, contact, contact.kind === 'verified' ? besideProof(contact, understood) : asClaims(contact, understood, id?.data ?? null));
  });
}

/** Nobody knows this person: what is told is taken as told. */
function asClaims(contact: Contact, { email, name, locale, timeZone, signedUpAt, rest }: UnderstoodTraits, externalId: string | null): Partial<Contact> {
  const isNamed = externalId !== null || email !== undefined || name !== undefined;
  return {
    ...contactColumns({ email, name, locale }),
    ...(timeZone ? { time_zone: timeZone } : {}),
    signed_up_at: contact.signed_up_at ?? signedUpAt ?? null,
    ...(externalId === null ? {} : { external_claim: externalId }),
    ...(Object.keys(rest).length > 0 ? { claimed_traits: addTraits(contact.claimed_traits, rest) } : {}),
    ...(contact.kind === 'anonymous' && isNamed ? { kind: 'identified' as const } : {}),
  };
}

/** Whoever proved who they are keeps what was proved; what is told fills in what nobody knows. */
function besideProof(contact: Contact, { email, name, locale, timeZone, signedUpAt, rest }: UnderstoodTraits): Partial<Contact> {
  const told = { ...rest, ...(email !== undefined && email !== contact.email ? { email } : {}) };
  const proved = readTraits(contact.traits);
  const added = Object.fromEntries(Object.entries(told).filter(([trait]) => !Object.hasOwn(proved, trait)));
  return {
    ...(contact.name === null ? contactColumns({ name }) : {}),
    ...(contact.locale === null ? contactColumns({ locale }) : {}),
    time_zone: contact.time_zone ?? timeZone ?? null,
    signed_up_at: contact.signed_up_at ?? signedUpAt ?? null,
    ...(Object.keys(added).length > 0 ? { claimed_traits: addTraits(contact.claimed_traits, added) } : {}),
  };
}

async function save(tx: ActionContext, contact: Contact, changed: Partial<Contact>): Promise<Contact> {
  const differing = (Object.keys(changed) as (keyof Contact)[]).filter((column) => (changed[column] ?? null) !== (contact[column] ?? null));
  if (differing.length === 0) return contact;
  await Contact.query(tx.db).findById(contact.id).patch({ ...changed, updated_at: tx.now });
  const isNamedAnew = differing.some((column) => ['kind', 'name', 'email', 'locale'].includes(column));
  if (isNamedAnew) await tellContactChanged(tx, contact);
  else await tellContactDetail(tx, contact.id);
  return Object.assign(contact, changed, { updated_at: tx.now });
}
