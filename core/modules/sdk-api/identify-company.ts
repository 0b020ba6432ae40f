import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { SdkCall } from '../../kernel/http/sdk-callers.ts';
import type { IdentifyCompanyBody } from '../../shared/sdk-api.ts';
import { identifyCompany as tellCompany, upsertTrustedCompany, upsertTrustedContact } from '../identity/index.ts';
import { claimedContact } from './claimed-contact.ts';
import type { Identified } from './identify-user.ts';
import { partyOf, provedContact, type Party } from './party.ts';

/** Tells of a company, and of who belongs to it. What others share is changed by a server, or where the signed token names the company. */
export async function identifyCompany(ctx: ActionContext, call: SdkCall, body: IdentifyCompanyBody): Promise<Identified> {
  const party = await partyOf(ctx, call, body);
  const { company_id: externalId, traits, context } = body;
  const { contactId, renewed = {} } = await memberOf(ctx, party, body.user_id);
  if (contactId === null) await upsertTrustedCompany(ctx, { brand: party.brand, externalId, traits, context });
  else await tellCompany(ctx, { contactId, isTrusted: speaksForCompany(party, externalId), externalId, traits, context });
  const isProved = party.kind === 'server' || party.kind === 'token';
  return { ok: true, verified: isProved, ...(isProved && contactId !== null ? { contact_id: contactId } : {}), ...renewed };
}

/** Every user of the customer has a token of their own: what it does not say of the company is the page's word. */
export const speaksForCompany = (party: Party, externalId: string): boolean =>
  party.kind === 'server' || (party.kind === 'token' && party.identity.traits?.company_id === externalId);

/** The person it is said of; null where a server speaks of the company alone. */
async function memberOf(ctx: ActionContext, party: Party, userId: string | undefined): Promise<{ contactId: string | null; renewed?: { session_id?: string } }> {
  if (party.kind === 'token') {
    const { contact, renewed } = await provedContact(ctx, party);
    return { contactId: contact.uid, renewed };
  }
  if (party.kind === 'session') return { contactId: party.session.uid };
  if (party.kind === 'server') {
    if (userId !== undefined) return { contactId: (await upsertTrustedContact(ctx, { brand: party.brand, externalId: userId })).contact.uid };
    return { contactId: party.session?.uid ?? null };
  }
  if (userId === undefined) throw new AppError(400, 'session_required');
  return { contactId: (await claimedContact(ctx, { key: party.key, externalId: userId, brand: party.brand })).uid };
}
