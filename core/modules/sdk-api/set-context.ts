import type { ActionContext } from '../../kernel/context.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import type { SdkCall } from '../../kernel/http/sdk-callers.ts';
import type { ContextBody } from '../../shared/sdk-api.ts';
import type { ContextChange } from '../context/index.ts';
import { identifyCompany, setCompanyContext, setContactContext, upsertTrustedCompany, upsertTrustedContact } from '../identity/index.ts';
import { claimedContact } from './claimed-contact.ts';
import { speaksForCompany } from './identify-company.ts';
import type { Identified } from './identify-user.ts';
import { partyOf, provedContact, type Party } from './party.ts';

type Change = (entries: ContextChange | null) => Promise<void>;

/** Sets and clears what is happening for a user, or for a company where one is named. Clearing comes first. */
export async function setContext(ctx: ActionContext, call: SdkCall, body: ContextBody): Promise<Identified> {
  if (body.context === undefined && body.clear === undefined) throw invalid('context', 'required');
  const party = await partyOf(ctx, call, body);
  const { change, contactId, renewed = {} } = body.company_id === undefined ? await ofUser(ctx, party, body.user_id) : await ofCompany(ctx, party, body.company_id, body);
  if (body.clear === '*') await change(null);
  const cleared = Array.isArray(body.clear) ? body.clear.map((key) => [key, null] as const) : [];
  const entries = { ...Object.fromEntries(cleared), ...body.context };
  if (Object.keys(entries).length > 0) await change(entries);
  const isProved = party.kind === 'server' || party.kind === 'token';
  return { ok: true, verified: isProved, ...(isProved && contactId !== null ? { contact_id: contactId } : {}), ...renewed };
}

interface Person { contactId: string; renewed?: { session_id?: string } }
interface Target { change: Change; contactId: string | null; renewed?: { session_id?: string } }

async function ofUser(ctx: ActionContext, party: Party, userId: string | undefined): Promise<Target> {
  const person = await personOf(ctx, party, userId);
  const { contactId } = person;
  const isTrusted = party.kind === 'server' || party.kind === 'token';
  return { ...person, change: (entries) => setContactContext(ctx, { contactId, isTrusted, entries }) };
}

async function personOf(ctx: ActionContext, party: Party, userId: string | undefined): Promise<Person> {
  if (party.kind === 'token') {
    const { contact, renewed } = await provedContact(ctx, party);
    return { contactId: contact.uid, renewed };
  }
  if (party.kind === 'session') return { contactId: party.session.uid };
  if (party.kind === 'server' && userId === undefined && party.session) return { contactId: party.session.uid };
  if (userId === undefined) throw party.kind === 'server' ? invalid('user_id', 'required') : new AppError(400, 'session_required');
  if (party.kind === 'server') return { contactId: (await upsertTrustedContact(ctx, { brand: party.brand, externalId: userId })).contact.uid };
  return { contactId: (await claimedContact(ctx, { key: party.key, externalId: userId, brand: party.brand })).uid };
}

/** A company that others share only for those who may speak for it; anybody else speaks of the one they say they belong to. */
async function ofCompany(ctx: ActionContext, party: Party, externalId: string, body: ContextBody): Promise<Target> {
  if (speaksForCompany(party, externalId)) {
    await upsertTrustedCompany(ctx, { brand: party.brand, externalId });
    return { contactId: null, change: (entries) => setCompanyContext(ctx, { brand: party.brand, externalId, entries }) };
  }
  if (body.clear === '*') throw invalid('clear', 'name_the_keys');
  const person = await personOf(ctx, party, body.user_id);
  const { contactId } = person;
  return { ...person, change: (entries) => identifyCompany(ctx, { contactId, isTrusted: false, externalId, context: entries ?? {} }) };
}
