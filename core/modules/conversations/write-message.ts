import type { ActionContext } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { faultPoint } from '../../kernel/faults.ts';
import { attachmentsOf, claimAttachments, type Attachment } from '../attachments/index.ts';
import type { Contact } from '../contacts/index.ts';
import { plainOf, presentMessage, selectNewerReplies, systemAuthor, type Author, type Draft, type MessageRow } from '../messages/index.ts';
import { appendEvent, appendText } from './append-message.ts';
import { refOf } from './conversation-ref.ts';
import { assigneeIdsOf, type ConversationRow, type LoadedConversation } from './conversation.model.ts';
import { findConversationById, lockConversation } from './conversation.queries.ts';
import { afterContactReply, afterDeskReply, isClosed } from './conversation-state.ts';
import { storeMentions } from './mentions.ts';
import { openConversation, type Opening } from './open-conversation.ts';
import { replaceAssignees, saveConversation } from './save-conversation.ts';
import { setOperatorRead } from './set-operator-read.ts';
import { tellStatus } from './set-status.ts';
import { takeOver } from './speaker.ts';
import { tellChange } from './tell-change.ts';

export interface MessagePlan {
  author: Author;
  draft: Draft;
  fingerprint: string;
  conversation: LoadedConversation | null;
  contact: Contact | null;
  opening: Opening | null;
  expectedSeq: number | undefined;
}

export interface WrittenMessage { message: MessageRow; attachments: Attachment[]; conversation: LoadedConversation }

/** The transaction of one message: place, text, state, files and what others must hear of it. All of it, or nothing. */
export async function writeMessage(tx: ActionContext, plan: MessagePlan): Promise<WrittenMessage> {
  const { author, draft } = plan;
  const row = await place(tx, plan);
  const before = { ...row };
  if (draft.kind === 'reply' && plan.expectedSeq !== undefined) await refuseIfBehind(tx, row, author, plan.expectedSeq);
  const stored: MessageRow[] = [];
  if (plan.opening?.openingMessage) stored.push(await appendOpening(tx, row, plan.opening.openingMessage));
  if (draft.kind === 'reply' && isClosed(row.status)) stored.push(await appendEvent(tx, row, author, 'reopened'));
  const message = await appendText(tx, row, author, {
    kind: draft.kind, text: draft.text, cid: draft.cid, fingerprint: plan.fingerprint, attachmentCount: draft.attachmentIds.length,
    alsoFoundBy: plan.opening ? row.subject : null,
  });
  stored.push(message);
  const attachments = await claim(tx, row, message, draft, author);
  const assigned = await move(tx, row, message, author);
  if (assigned) stored.push(assigned);
  if (draft.kind === 'note') await storeMentions(tx.db, row, draft.text);
  if (row.status !== before.status || row.assignees !== before.assignees || row.ai_state !== before.ai_state) {
    row.version += 1;
    row.change_version += 1;
  }
  await saveConversation(tx.db, before, row);
  const conversation = await loaded(tx, plan, row);
  await tell(tx, before, conversation, message, plan.opening !== null);
  await tellChange(tx, before, row, stored);
  faultPoint(tx.kernel.config, 'after-insert-before-commit');
  return { message, attachments, conversation };
}

async function place(tx: ActionContext, plan: MessagePlan): Promise<ConversationRow> {
  if (plan.conversation) {
    const row = await lockConversation(tx, plan.conversation.id);
    // The contact became part of another one since it was asked: it writes as that one, or not at all.
    if (plan.author.type === 'contact' && row.contact_id !== plan.author.id) throw notFound('conversation');
    return row;
  }
  if (!plan.contact || !plan.opening) throw notFound('conversation');
  return openConversation(tx, plan.contact, plan.opening, plan.draft.cid);
}

/** Two people never answer by accident: who writes without having seen a newer reply is shown it first. */
async function refuseIfBehind(tx: ActionContext, row: ConversationRow, author: Author, expectedSeq: number): Promise<void> {
  if (row.last_public_seq <= expectedSeq) return;
  const newer = await selectNewerReplies(tx.db, row.id, expectedSeq, author);
  if (newer.length === 0) return;
  const attachments = await attachmentsOf(tx.db, newer);
  throw conflict('behind', { messages: newer.map((message) => presentMessage(message, attachments.get(message.id), tx.actor)) });
}

/** The greeting that the contact saw when it began to write: the desk's words, above its own. */
async function appendOpening(tx: ActionContext, row: ConversationRow, text: string): Promise<MessageRow> {
  const brand = await tx.db<{ id: number; name: string }>('brands').where({ id: row.brand_id }).first('name');
  return appendText(tx, row, { ...systemAuthor, name: brand?.name ?? '' }, { kind: 'reply', text: text.slice(0, 4_000).toWellFormed(), cid: null, fingerprint: null, attachmentCount: 0 });
}

async function claim(tx: ActionContext, row: ConversationRow, message: MessageRow, draft: Draft, author: Author): Promise<Attachment[]> {
  if (draft.attachmentIds.length === 0 || author.id === null) return [];
  const owner = { type: author.type === 'contact' ? 'contact' as const : 'operator' as const, id: author.id };
  const attachments = await claimAttachments(tx, draft.attachmentIds, owner, { messageId: message.id, conversationId: row.id });
  if (message.kind === 'reply' && row.snippet === '') row.snippet = attachments[0]?.name.slice(0, 200) ?? '';
  return attachments;
}

/** What a reply does to the state. The first of the desk to answer takes the conversation. */
async function move(tx: ActionContext, row: ConversationRow, message: MessageRow, author: Author): Promise<MessageRow | null> {
  if (author.type === 'contact') {
    afterContactReply(row, tx.now);
    row.contact_read_seq = message.seq;
    row.contact_unread = 0;
    return null;
  }
  if (author.id !== null) await setOperatorRead(tx.db, row, author.id, message.seq);
  if (message.kind === 'note') return null;
  afterDeskReply(row);
  row.contact_unread += 1;
  if (author.type !== 'operator' || author.id === null) return null;
  await takeOver(tx, row);
  if (assigneeIdsOf(row).length > 0) return null;
  await replaceAssignees(tx.db, row, [author.id]);
  return appendEvent(tx, row, author, 'assigned', { names: author.name });
}

async function loaded(tx: ActionContext, plan: MessagePlan, row: ConversationRow): Promise<LoadedConversation> {
  if (plan.conversation && plan.conversation.department_id === row.department_id) return { ...plan.conversation, ...row };
  const conversation = await findConversationById(tx.db, row.id);
  if (!conversation) throw notFound('conversation');
  return conversation;
}

async function tell(tx: ActionContext, before: ConversationRow, row: LoadedConversation, message: MessageRow, isNew: boolean): Promise<void> {
  const conversation = refOf(row);
  if (isNew) await tx.emit('conversation.created', { conversation });
  if (isNew && row.number !== null) await tx.emit('conversation.escalated', { conversation, number: row.number });
  if (message.kind === 'note') await tx.emit('conversation.noted', { conversation, messageId: message.uid, seq: message.seq, text: plainOf(message.text) });
  else await tx.emit('conversation.replied', { conversation, messageId: message.uid, seq: message.seq, authorType: message.author_type, text: plainOf(message.text) });
  if (!isNew && before.assignees !== row.assignees && message.author_uid) await tx.emit('conversation.assigned', { conversation, assigneeIds: [message.author_uid], addedIds: [message.author_uid] });
  await tellStatus(tx, conversation, before.status, row.status);
}
