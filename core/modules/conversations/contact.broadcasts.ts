import type { ActionContext } from '../../kernel/context.ts';
import { selectRows } from '../../kernel/db/statement.ts';
import type { BroadcastHandler } from '../../kernel/realtime/realtime.ts';
import { attachmentsOf } from '../attachments/index.ts';
import { contactTopics, findContactById } from '../contacts/index.ts';
import { presentMessage, selectMessages } from '../messages/index.ts';
import { sendSummary } from './conversation.broadcasts.ts';
import { assigneeIdsOf, type LoadedConversation } from './conversation.model.ts';
import { findConversationById, selectPeople } from './conversation.queries.ts';
import { presentPublicConversation } from './public-conversation.presenter.ts';
import { viewersOf } from './view-guard.ts';

/** More of one contact is on no screen at once. */
const shownOfContact = 20;

async function newestOf(ctx: ActionContext, contactId: number): Promise<LoadedConversation[]> {
  const rows = await selectRows<{ id: number }>(ctx.db, 'SELECT id FROM conversations WHERE contact_id = ? ORDER BY last_message_at DESC, id DESC LIMIT ?', [contactId, shownOfContact]);
  const loaded = await Promise.all(rows.map(({ id }) => findConversationById(ctx.db, id)));
  return loaded.flatMap((conversation) => conversation ?? []);
}

/** An open pane shows what is known of a contact: it asks anew. */
const contactDetail: BroadcastHandler = async (entry, ctx) => {
  const { contactId } = entry.payload as { contactId: number };
  if (ctx.kernel.realtime.onlineOperators().length === 0) return;
  const contact = await findContactById(ctx.db, contactId);
  if (contact) ctx.kernel.realtime.toOperators('contact:changed', { contactId: contact.uid }, ({ actor }) => ctx.kernel.policies.can(actor, 'contact.view', contact));
};

/** A contact has another name: the newest rows that show it are sent anew. */
const contactChanged: BroadcastHandler = async (entry, ctx) => {
  const { contactId } = entry.payload as { contactId: number };
  for (const conversation of await newestOf(ctx, contactId)) await sendSummary(ctx, conversation, await selectPeople(ctx.db, assigneeIdsOf(conversation)));
  await contactDetail(entry, ctx);
};

/** A contact became part of another one: its sockets come again, and its conversations and what it wrote bear the other's name. */
const contactMerged: BroadcastHandler = async (entry, ctx) => {
  const { fromUid, contactId, conversationIds } = entry.payload as { fromUid: string; contactId: number; conversationIds: number[] };
  ctx.kernel.realtime.contactMoved(fromUid);
  const moved = new Set(conversationIds);
  for (const conversation of (await newestOf(ctx, contactId)).filter(({ id }) => moved.has(id))) {
    const people = await selectPeople(ctx.db, assigneeIdsOf(conversation));
    await sendAuthor(ctx, conversation);
    ctx.kernel.realtime.toContact(conversation.contact_uid, 'conversation:changed', { conversation: presentPublicConversation(conversation, people) });
  }
  await contactChanged(entry, ctx);
};

const shownOfThread = 50;

/** What the contact wrote last, with who wrote it now, for threads that are open. */
async function sendAuthor(ctx: ActionContext, conversation: LoadedConversation): Promise<void> {
  if (ctx.kernel.realtime.onlineOperators().length === 0) return;
  const { rows } = await selectMessages(ctx.db, conversation.id, 'public', { limit: shownOfThread });
  const own = rows.filter((row) => row.author_type === 'contact');
  const attachments = await attachmentsOf(ctx.db, own);
  const maySee = await viewersOf(ctx.kernel, conversation);
  for (const row of own) ctx.kernel.realtime.toOperators('message:changed', { conversationId: conversation.uid, message: presentMessage(row, attachments.get(row.id)) }, maySee);
}

export const contactBroadcasts: Readonly<Record<string, BroadcastHandler>> = {
  [contactTopics.changed]: contactChanged,
  [contactTopics.detail]: contactDetail,
  [contactTopics.merged]: contactMerged,
};
