import type { Traits } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { understandTraits, type Contact } from '../contacts/index.ts';
import type { ContextChange } from '../context/index.ts';
import { setContactContext } from './set-contact-context.ts';
import { verifyContact, type BrandKey } from './verify-contact.ts';

export interface TrustedContact {
  brand: BrandKey;
  externalId?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  traits?: Traits | undefined;
  context?: ContextChange | undefined;
}

/** Somebody that the customer's server speaks of: found by its id, then by its address, or made. An address it names is proved. */
export async function upsertTrustedContact(ctx: ActionContext, input: TrustedContact): Promise<{ contact: Contact; created: boolean }> {
  const { brand, externalId, name, context } = input;
  const { email: told } = understandTraits(input.traits ?? {});
  const { email: _, ...others } = input.traits ?? {};
  const email = input.email ?? told;
  const traits = told === undefined ? input.traits ?? {} : others;
  const identity = { traits, ...(externalId === undefined ? {} : { externalId }), ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) };
  const { contact, created } = await verifyContact(ctx, { contactId: null, brand, identity });
  if (context) await setContactContext(ctx, { contactId: contact.uid, isTrusted: true, entries: context });
  return { contact, created };
}
