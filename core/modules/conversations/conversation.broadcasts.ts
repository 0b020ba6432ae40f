import type { ActionContext } from '../../kernel/context.ts';
import { faultPoint } from '../../kernel/faults.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { OutboxEntry } from '../../kernel/outbox/outbox.ts';
import type { BroadcastHandler, OperatorSocket } from '../../kernel/realtime/realtime.ts';
import { selectRows } from '../../kernel/db/statement.ts';
import { attachmentsOf } from '../attachments/index.ts';
import { isPublicMessage, presentMessage, presentPublicMessage, selectMessagesById } from '../messages/index.ts';
import { accessOf, assigneeIdsOf, type ConversationAccess, type LoadedConversation } from './conversation.model.ts';
import { isUnread, presentSummary } from './conversation.presenter.ts';
import { findConversationById, selectPeople, type PersonRow } from './conversation.queries.ts';
import { presentPublicConversation } from './public-conversation.presenter.ts';
import { topics, type ChangePayload } from './tell-change.ts';
import { viewersOf } from './view-guard.ts';

type Allowed = (socket: OperatorSocket) => boolean;

const mayNow = (ctx: ActionContext, action: string, access?: ConversationAccess): Allowed => ({ actor }) => ctx.kernel.policies.can(actor, action, access);

/** New messages and the state they left, to operators who may see them and to the contact. */
const messagesAdded: BroadcastHandler = async (entry, ctx) => {
  faultPoint(ctx.kernel.config, 'after-ack-before-fanout');
  await changed(entry, ctx);
};

const changed: BroadcastHandler = async (entry, ctx) => {
  const payload = entry.payload as unknown as ChangePayload;
  const conversation = await findConversationById(ctx.db, payload.conversationId);
  if (!conversation) return;
  const people = await selectPeople(ctx.db, assigneeIdsOf(conversation));
  const isTold = await sendMessages(ctx, conversation, people, payload.messageIds);
  await sendSummary(ctx, conversation, people);
  if (!isTold) ctx.kernel.realtime.toContact(conversation.contact_uid, 'conversation:changed', { conversation: presentPublicConversation(conversation, people) });
  if (payload.before) sendRemoved(ctx, conversation, payload.before);
  if (payload.movesViews) ctx.kernel.realtime.toOperators('counts:changed', undefined, mayNow(ctx, 'conversation.list'));
};

/**
 * One presentation for all operators and one for the contact; the contact's is made by a presenter that knows no notes, and
 * brings the conversation along. Answers whether the contact was told.
 */
async function sendMessages(ctx: ActionContext, conversation: LoadedConversation, people: ReadonlyMap<number, PersonRow>, ids: readonly number[]): Promise<boolean> {
  const { realtime } = ctx.kernel;
  const rows = await selectMessagesById(ctx.db, ids);
  const attachments = await attachmentsOf(ctx.db, rows);
  const maySee = await viewersOf(ctx.kernel, conversation);
  const mayReadNotes = mayNow(ctx, 'message.view-note');
  for (const row of rows) {
    const message = presentMessage(row, attachments.get(row.id));
    realtime.toOperators('message:new', { conversationId: conversation.uid, message }, (socket) => maySee(socket) && (row.kind !== 'note' || mayReadNotes(socket)));
    if (!isPublicMessage(row)) continue;
    realtime.toContact(conversation.contact_uid, 'message:new', {
      conversationId: conversation.uid,
      message: presentPublicMessage(row, attachments.get(row.id) ?? [], conversation.contact_id),
      conversation: presentPublicConversation(conversation, people),
    });
  }
  return rows.some(isPublicMessage);
}

/** Two presentations at most: for those to whom it is unread, and for the others. */
export async function sendSummary(ctx: ActionContext, conversation: LoadedConversation, people: ReadonlyMap<number, PersonRow>, only: (actor: OperatorActor) => boolean = () => true): Promise<void> {
  const { realtime } = ctx.kernel;
  if (realtime.onlineOperators().length === 0) return;
  const maySee = await viewersOf(ctx.kernel, conversation);
  const reads = await readSeqs(ctx, conversation);
  for (const isNew of [true, false]) {
    if (isNew && conversation.snippet_author !== 'contact') continue;
    const summary = presentSummary(conversation, people, isNew ? 0 : conversation.last_public_seq);
    realtime.toOperators('conversation:changed', { conversation: summary }, (socket) =>
      isUnread(conversation, reads.get(socket.actor.rowId) ?? 0) === isNew && only(socket.actor) && maySee(socket));
  }
}

async function readSeqs(ctx: ActionContext, conversation: LoadedConversation): Promise<ReadonlyMap<number, number>> {
  if (conversation.snippet_author !== 'contact') return new Map();
  const rows = await selectRows<{ operator_id: number; seq: number }>(ctx.db, 'SELECT operator_id, seq FROM conversation_reads WHERE conversation_id = ?', [conversation.id]);
  return new Map(rows.map((row) => [row.operator_id, row.seq]));
}

/** Who could see it and no longer can takes it off the screen. */
function sendRemoved(ctx: ActionContext, conversation: LoadedConversation, before: NonNullable<ChangePayload['before']>): void {
  const access = accessOf(conversation);
  const could = mayNow(ctx, 'conversation.view', { ...access, departmentId: before.departmentId, assigneeIds: before.assigneeIds });
  const can = mayNow(ctx, 'conversation.view', access);
  ctx.kernel.realtime.toOperators('conversation:removed', { conversationId: conversation.uid }, (socket) => could(socket) && !can(socket));
}

const readChanged: BroadcastHandler = async (entry: OutboxEntry, ctx) => {
  const { conversationId, by, operatorId } = entry.payload as { conversationId: number; by: 'contact' | 'operator'; operatorId: number | null };
  const conversation = await findConversationById(ctx.db, conversationId);
  if (!conversation) return;
  const people = await selectPeople(ctx.db, assigneeIdsOf(conversation));
  if (by === 'contact') {
    const event = { conversationId: conversation.uid, contactReadSeq: conversation.contact_read_seq };
    ctx.kernel.realtime.toOperators('read:changed', event, await viewersOf(ctx.kernel, conversation));
  } else {
    await sendSummary(ctx, conversation, people, (actor) => actor.rowId === operatorId);
  }
  ctx.kernel.realtime.toContact(conversation.contact_uid, 'conversation:changed', { conversation: presentPublicConversation(conversation, people) });
};

const assistantChanged: BroadcastHandler = async (entry, ctx) => {
  const conversation = await findConversationById(ctx.db, (entry.payload as { conversationId: number }).conversationId);
  if (conversation) ctx.kernel.realtime.toOperators('assistant:changed', { conversationId: conversation.uid }, await viewersOf(ctx.kernel, conversation));
};

export const conversationBroadcasts: Readonly<Record<string, BroadcastHandler>> = {
  [topics.messageAdded]: messagesAdded,
  [topics.conversationChanged]: changed,
  [topics.readChanged]: readChanged,
  [topics.assistantChanged]: assistantChanged,
};
