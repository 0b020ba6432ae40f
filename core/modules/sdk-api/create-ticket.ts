import { createHash, randomUUID } from 'node:crypto';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import type { SdkCall } from '../../kernel/http/sdk-callers.ts';
import type { ContactActor } from '../../kernel/policy/actor.ts';
import type { CreateTicketBody } from '../../shared/sdk-api.ts';
import { createContact, type Contact } from '../contacts/index.ts';
import { addMessage } from '../conversations/index.ts';
import { identifyContact, upsertTrustedContact } from '../identity/index.ts';
import { claimedContact } from './claimed-contact.ts';
import { partyOf, provedContact, type Party } from './party.ts';

export interface TicketRequest { body: CreateTicketBody; ip: string; /** The caller's own name of this request, where it gave one. */ idempotencyKey: string | undefined }
export interface CreatedTicket { ticket_id: string; number: string; contact_id?: string; session_id?: string }

/** Opens a conversation that is a ticket from the beginning, with its first message written by the person it is for. */
export async function createTicket(ctx: ActionContext, call: SdkCall, { body, ip, idempotencyKey }: TicketRequest): Promise<CreatedTicket> {
  const party = await partyOf(ctx, call, body);
  if (call.requiresProof && !isProvedParty(party)) throw new AppError(403, 'authentication_required');
  const { contact, renewed = {} } = await ticketContact(ctx, party, body);
  const isProved = party.kind === 'server' || party.kind === 'token';
  const added = await addMessage(ctx.as(actorOf(contact)), {
    cid: cidOf(call, idempotencyKey), kind: 'reply', text: body.message, attachmentIds: [],
    opening: {
      channel: 'api', departmentId: null, subject: body.subject, priority: body.priority, meta: metaOf(body), isTicket: true,
      ...(isProved ? {} : { ip, isStranger: contact.kind !== 'verified' }),
    },
  });
  const { uid, number } = added.conversation;
  if (number === null) throw new Error('a ticket was made without a number');
  return { ticket_id: uid, number, ...(isProved ? { contact_id: contact.uid } : {}), ...renewed };
}

/** Where the widget of a key asks for names, this way in asks for them too. */
const isProvedParty = (party: Party): boolean => party.kind === 'server' || party.kind === 'token' || (party.kind === 'session' && party.session.kind === 'verified');

const actorOf = (contact: Contact): ContactActor => ({ type: 'contact', id: contact.uid, rowId: contact.id, brandId: contact.brand_id, name: contact.name ?? '' });

/** A repeat after a crash, when the kept answer is lost, finds the ticket under the same id. */
function cidOf({ scope }: SdkCall, key: string | undefined): string {
  if (key === undefined || key === '') return randomUUID();
  const hex = createHash('sha256').update(`ticket\n${scope}\n${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const metaOf = ({ metadata = {}, source }: CreateTicketBody): Record<string, string> =>
  ({ ...Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)])), ...(source === undefined ? {} : { source }) });

async function ticketContact(ctx: ActionContext, party: Party, body: CreateTicketBody): Promise<{ contact: Contact; renewed?: { session_id?: string } }> {
  const { user_id: externalId, email, name } = body;
  switch (party.kind) {
    case 'server': {
      if (externalId === undefined && email === undefined) {
        if (party.session) return { contact: party.session };
        throw invalid('session_id', 'session_invalid');
      }
      return upsertTrustedContact(ctx, { brand: party.brand, externalId, email, name });
    }
    case 'token': return provedContact(ctx, party);
    case 'session': return { contact: await claim(ctx, party.session, { email, name }) };
    case 'stranger': {
      // Nobody proved the address, so the ticket belongs to nobody who is known by it.
      if (email !== undefined) return { contact: await createContact(ctx, { brandId: party.brand.id, brandUid: party.brand.uid, email, name }) };
      if (externalId === undefined) throw new AppError(400, 'session_required');
      return { contact: await claim(ctx, await claimedContact(ctx, { key: party.key, externalId, brand: party.brand }), { email, name }) };
    }
  }
}

async function claim(ctx: ActionContext, contact: Contact, given: { email: string | undefined; name: string | undefined }): Promise<Contact> {
  const traits = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return Object.keys(traits).length === 0 ? contact : identifyContact(ctx, { contactId: contact.uid, isTrusted: false, traits });
}
