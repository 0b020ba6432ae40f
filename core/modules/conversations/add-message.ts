import type { ActionContext } from '../../kernel/context.ts';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { faultPoint } from '../../kernel/faults.ts';
import { attachmentsOf, type Attachment } from '../attachments/index.ts';
import { Contact } from '../contacts/index.ts';
import { checkDraft, findByCid, fingerprintOf, type Author, type Draft, type MessageRow } from '../messages/index.ts';
import { authorOf } from './author.ts';
import { passIncoming, passReply } from './call-hooks.ts';
import { accessOf, type LoadedConversation } from './conversation.model.ts';
import { findConversationById, findOpened, readWritable } from './conversation.queries.ts';
import type { Opening } from './open-conversation.ts';
import { writeMessage } from './write-message.ts';

export interface NewMessage extends Draft {
  /** Where it goes; a contact without one starts a conversation with `opening`. */
  conversationId?: string | undefined;
  opening?: Opening | undefined;
  /** Last seq that the writer saw. */
  expectedSeq?: number | undefined;
}

export interface AddedMessage { message: MessageRow; attachments: readonly Attachment[]; conversation: LoadedConversation; /** This cid was stored before; nothing new was written. */ repeated: boolean }

/**
 * The one write path of replies and notes, whoever writes and however it came: policy → guard and filter → one
 * transaction → answer after commit. A repeat of a cid is answered with what was stored under it, also when a hundred
 * arrive at once: the unique key lets one through and the others read what it wrote.
 */
export async function addMessage(ctx: ActionContext, input: NewMessage): Promise<AddedMessage> {
  const author = authorOf(ctx.actor);
  const sent = checkDraft(input);
  const fingerprint = fingerprintOf(sent);
  const target = await findTarget(ctx, input, author, sent.cid);
  const repeated = target.mayRepeat && target.conversation && await findRepeat(ctx, target.conversation, author, sent.cid, fingerprint);
  if (repeated) return repeated;
  const { draft, departmentUid } = await passHooks(ctx, target, sent);
  try {
    const written = await ctx.transaction((tx) => writeMessage(tx, {
      author, draft, fingerprint, conversation: target.conversation, contact: target.contact,
      opening: target.opening && { ...target.opening, departmentId: departmentUid }, expectedSeq: input.expectedSeq,
    }));
    faultPoint(ctx.kernel.config, 'after-commit-before-ack');
    return { ...written, repeated: false };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const stored = await ctx.transaction((tx) => findWinner(tx, target, author, sent.cid, fingerprint));
    if (!stored) throw error;
    return stored;
  }
}

interface Target { conversation: LoadedConversation | null; /** Something is stored under this cid. */ mayRepeat: boolean; contact: Contact | null; opening: Opening | null; contactUid: string; brandUid: string }

/** The conversation, once the policy has said yes; or the contact that starts one. */
async function findTarget(ctx: ActionContext, input: NewMessage, author: Author, cid: string): Promise<Target> {
  if (input.conversationId !== undefined) {
    const conversation = await readWritable(ctx, input.conversationId, author, cid);
    ctx.authorize(input.kind === 'note' ? 'conversation.note' : 'conversation.reply', accessOf(conversation));
    return { conversation, mayRepeat: conversation.repeat_id !== null, contact: null, opening: null, contactUid: conversation.contact_uid, brandUid: conversation.brand_uid };
  }
  if (ctx.actor.type !== 'contact' || !input.opening || input.kind !== 'reply') throw notFound('conversation');
  ctx.authorize('conversation.open');
  const contact = await Contact.query(ctx.db).findById(ctx.actor.rowId);
  const brand = contact && await ctx.db<{ id: number; uid: string }>('brands').where({ id: contact.brand_id }).first('uid');
  if (!contact || !brand) throw notFound('contact');
  const begun = await findOpened(ctx.db, contact.id, cid);
  return { conversation: begun ?? null, mayRepeat: begun !== undefined, contact, opening: begun ? null : input.opening, contactUid: contact.uid, brandUid: brand.uid };
}

async function findRepeat(ctx: ActionContext, conversation: LoadedConversation, author: Author, cid: string, fingerprint: string): Promise<AddedMessage | null> {
  const message = await findByCid(ctx.db, conversation.id, author, cid);
  if (!message) return null;
  if (message.fingerprint !== fingerprint) throw conflict('cid_conflict');
  const attachments = (await attachmentsOf(ctx.db, [message])).get(message.id) ?? [];
  return { message, attachments, conversation, repeated: true };
}

/** What the one that came first wrote. Read in a transaction: it may share the commit of the winner, and is answered after it. */
async function findWinner(tx: ActionContext, target: Target, author: Author, cid: string, fingerprint: string): Promise<AddedMessage | null> {
  const conversation = target.conversation ? await findConversationById(tx.db, target.conversation.id) : target.contact && await findOpened(tx.db, target.contact.id, cid);
  return conversation ? findRepeat(tx, conversation, author, cid, fingerprint) : null;
}

async function passHooks(ctx: ActionContext, target: Target, draft: Draft): Promise<{ draft: Draft; departmentUid: string | null }> {
  const { conversation, opening } = target;
  if (ctx.actor.type === 'contact') {
    const departmentUid = conversation?.department_uid ?? opening?.departmentId ?? null;
    const channel = conversation?.channel ?? opening?.channel ?? '';
    return passIncoming(ctx, { conversation, contactUid: target.contactUid, brandUid: target.brandUid, departmentUid, channel }, draft);
  }
  const isReply = draft.kind === 'reply' && conversation !== null;
  return { draft: isReply ? await passReply(ctx, conversation, draft) : draft, departmentUid: null };
}
