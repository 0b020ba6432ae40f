import type { Traits } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import type { SdkCall } from '../../kernel/http/sdk-callers.ts';
import type { IdentifyUserBody } from '../../shared/sdk-api.ts';
import { understandTraits, type Contact } from '../contacts/index.ts';
import { identifyContact, setContactContext, verifyContact } from '../identity/index.ts';
import { claimedContact } from './claimed-contact.ts';
import { partyOf, provedContact, type Party, type Proved } from './party.ts';

type Told = Pick<Proved, 'contact' | 'created'> & Partial<Pick<Proved, 'renewed'>>;

export interface Identified { ok: true; verified: boolean; contact_id?: string; created?: boolean; session_id?: string }

/**
 * Tells who a user is. A server is believed. Beside a token the facts are believed, but who it is the token alone says.
 * Anybody else writes claims, to a contact that nobody proved, and gets nothing back.
 */
export async function identifyUser(ctx: ActionContext, call: SdkCall, body: IdentifyUserBody): Promise<Identified> {
  const party = await partyOf(ctx, call, body);
  switch (party.kind) {
    case 'server': return told(await byServer(ctx, party, body));
    case 'token': return told(await byToken(ctx, party, body));
    case 'session':
      await claim(ctx, party.session, body);
      return { ok: true, verified: false };
    case 'stranger':
      await claim(ctx, await claimedContact(ctx, { key: party.key, externalId: body.user_id, brand: party.brand }), body);
      return { ok: true, verified: false };
  }
}

const told = ({ contact, created, renewed = {} }: Told): Identified => ({ ok: true, verified: true, contact_id: contact.uid, created, ...renewed });

async function byServer(ctx: ActionContext, { brand, session }: Extract<Party, { kind: 'server' }>, body: IdentifyUserBody): Promise<Told> {
  const { email, others } = apart(body.traits ?? {});
  const identity = { externalId: body.user_id, traits: others, ...(email === undefined ? {} : { email }) };
  const verified = await verifyContact(ctx, { contactId: session?.uid ?? null, brand, identity });
  if (body.context) await setContactContext(ctx, { contactId: verified.contact.uid, isTrusted: true, entries: body.context });
  return verified;
}

async function byToken(ctx: ActionContext, party: Extract<Party, { kind: 'token' }>, body: IdentifyUserBody): Promise<Told> {
  const verified = await provedContact(ctx, party);
  const contactId = verified.contact.uid;
  const { email, others } = apart(body.traits ?? {});
  await identifyContact(ctx, { contactId, isTrusted: true, traits: others, context: body.context });
  // The page wrote the address, not the customer's server: it is no proof, or a user could claim the mailbox of another.
  if (email !== undefined && email !== party.identity.email?.toLowerCase()) await identifyContact(ctx, { contactId, isTrusted: false, traits: { email } });
  return verified;
}

async function claim(ctx: ActionContext, contact: Contact, { user_id: externalId, traits, context }: IdentifyUserBody): Promise<void> {
  await identifyContact(ctx, { contactId: contact.uid, isTrusted: false, externalId, traits, context });
}

/** An address among the traits says who somebody is, so it goes another way than the facts. */
function apart(traits: Traits): { email: string | undefined; others: Traits } {
  const { email } = understandTraits(traits);
  if (email === undefined) return { email, others: traits };
  const { email: _, ...others } = traits;
  return { email, others };
}
