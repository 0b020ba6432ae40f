import type { ActionContext } from '../../kernel/context.ts';
import type { ContactDetail } from '../../shared/conversations.ts';
import { findCompanyById, presentCompany } from '../companies/index.ts';
import { brandUidOf, externalIdOf, presentContactRef, readTraits, type Contact } from '../contacts/index.ts';
import { selectActivity, selectContext } from '../context/index.ts';
import { accessOf } from './conversation.model.ts';
import { presentSummaries } from './conversation.presenter.ts';
import { selectListed, selectOfContact } from './conversation.queries.ts';

const previousConversations = 20;
const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** Everything the desk knows of a contact, with the newest of the conversations that the asker may see. */
export async function presentContactDetail(ctx: ActionContext, contact: Contact): Promise<ContactDetail> {
  const found = await selectOfContact(ctx.db, contact.id, { limit: previousConversations });
  const seen = found.slice(0, previousConversations).filter((row) => ctx.can('conversation.view', accessOf(row)));
  const rows = await selectListed(ctx.db, seen.map(({ id }) => id), 'rowId' in ctx.actor ? ctx.actor.rowId : 0);
  const company = contact.company_id === null ? undefined : await findCompanyById(ctx.db, contact.company_id);
  return {
    ...presentContactRef(contact),
    externalId: externalIdOf(contact),
    locale: contact.locale,
    timeZone: contact.time_zone,
    brandId: await brandUidOf(ctx, contact.brand_id),
    createdAt: new Date(contact.created_at).toISOString(),
    signedUpAt: iso(contact.signed_up_at),
    lastSeenAt: iso(contact.last_seen_at),
    isOnline: ctx.kernel.realtime.isContactOnline(contact.uid),
    // What was proved stands before what was only told.
    traits: { ...readTraits(contact.claimed_traits), ...readTraits(contact.traits) },
    company: company ? presentCompany(company) : null,
    context: await selectContext(ctx.db, [{ type: 'contact', id: contact.id }, ...(company ? [{ type: 'company' as const, id: company.id }] : [])]),
    activity: await selectActivity(ctx.db, contact.id),
    conversations: await presentSummaries(ctx, rows),
  };
}
