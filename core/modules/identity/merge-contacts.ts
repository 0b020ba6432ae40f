import type { ActionContext } from '../../kernel/context.ts';
import { moveAttachments } from '../attachments/index.ts';
import { Company } from '../companies/index.ts';
import { Contact, ContactSession, contactTopics, joinTraits } from '../contacts/index.ts';
import { dropContext, moveActivity, moveContext } from '../context/index.ts';
import { moveConversations } from '../conversations/index.ts';

/**
 * `from` was `into` all along: conversations with their messages, files, browsers, context, activity and traits go over, and
 * what `into` has itself wins. `from` stays as a sign that leads there. In the caller's transaction, both rows locked.
 */
export async function mergeContacts(tx: ActionContext, from: Contact, into: Contact, brandUid: string): Promise<void> {
  if (!tx.inTransaction) throw new Error('a merge needs a transaction');
  if (from.id === into.id) return;
  const conversationIds = await moveConversations(tx, from.id, into);
  await moveAttachments(tx, from.id, into.id);
  await ContactSession.query(tx.db).where({ contact_id: from.id }).patch({ contact_id: into.id });
  await moveContext(tx, 'contact', from.id, into.id);
  await moveActivity(tx, from.id, into.id);
  await moveStored(tx, from.uid, into.uid);
  await Contact.query(tx.db).where({ merged_into: from.id }).patch({ merged_into: into.id });
  const companyId = await mergeCompany(tx, from, into);
  await Contact.query(tx.db).findById(from.id).patch(sign(tx, into));
  const gained: Partial<Contact> = {
    ...(into.name === null && from.name !== null ? { name: from.name, search_name: from.search_name } : {}),
    locale: into.locale ?? from.locale, time_zone: into.time_zone ?? from.time_zone,
    traits: joinTraits(into.traits, from.traits), claimed_traits: joinTraits(into.claimed_traits, from.claimed_traits),
    signed_up_at: into.signed_up_at ?? from.signed_up_at,
    last_seen_at: Math.max(into.last_seen_at ?? 0, from.last_seen_at ?? 0) || null,
    company_id: companyId, updated_at: tx.now,
  };
  await Contact.query(tx.db).findById(into.id).patch(gained);
  Object.assign(into, gained);
  await tx.emit('contact.merged', { contactId: into.uid, fromContactId: from.uid, brandId: brandUid });
  await tx.broadcast(contactTopics.merged, { fromUid: from.uid, contactId: into.id, conversationIds });
}

/** Nothing of a person is left on the row that leads on, and nothing of it takes the place of somebody else's. */
const sign = (tx: ActionContext, into: Contact): Partial<Contact> => ({
  merged_into: into.id, kind: 'anonymous', name: null, search_name: null, email: null, proved_email: null, external_id: null, external_claim: null,
  traits: null, claimed_traits: null, company_id: null, updated_at: tx.now,
});

/** The company of `into` wins; a claim of `from` goes along where there is none. */
async function mergeCompany(tx: ActionContext, from: Contact, into: Contact): Promise<number | null> {
  const claims = await Company.query(tx.db).where({ claimed_by: from.id });
  for (const claim of claims) {
    if (into.company_id === null && claim.id === from.company_id) {
      await Company.query(tx.db).findById(claim.id).patch({ claimed_by: into.id });
    } else {
      await dropContext(tx, 'company', claim.id);
      await Company.query(tx.db).findById(claim.id).delete();
    }
  }
  return into.company_id ?? from.company_id;
}

/** What plugins keep for the contact goes along, unless they keep something under that key already. */
async function moveStored(tx: ActionContext, fromUid: string, intoUid: string): Promise<void> {
  const plugins = (await tx.db<{ id: string }>('plugins').select('id')).map(({ id }) => id);
  const stored = (uid: string) => tx.db<{ plugin_id: string; scope: string; key: string }>('plugin_store').whereIn('plugin_id', plugins).where({ scope: `contact:${uid}` });
  const rows = await stored(fromUid).select('plugin_id', 'key');
  if (rows.length === 0) return;
  const present = new Set((await stored(intoUid).select('plugin_id', 'key')).map((row) => `${row.plugin_id} ${row.key}`));
  for (const { plugin_id, key } of rows) {
    const row = () => stored(fromUid).where({ plugin_id, key });
    if (present.has(`${plugin_id} ${key}`)) await row().delete();
    else await row().update({ scope: `contact:${intoUid}` });
  }
}
