import type { AnswerSource, HandOver, HandOverReason } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { checkDraft, plainOf, type Author, type MessageRow } from '../messages/index.ts';
import { appendText } from './append-message.ts';
import { passReply } from './call-hooks.ts';
import { refOf } from './conversation-ref.ts';
import { afterDeskReply, isClosed } from './conversation-state.ts';
import type { LoadedConversation } from './conversation.model.ts';
import { findConversationById, lockConversation } from './conversation.queries.ts';
import { handOver } from './hand-over.ts';
import { saveConversation } from './save-conversation.ts';
import { tellStatus } from './set-status.ts';
import { tellChange } from './tell-change.ts';

export interface AssistantReply {
  conversation: LoadedConversation;
  /** Under which the turn began. */
  epoch: number;
  author: Author;
  /** Names the reply, as a client's id does: a second one under it is not written. */
  cid: string;
  text: string;
  sources: readonly AnswerSource[];
  handOver: HandOver | null;
  /** Written in the same transaction, once it is known what became of it. */
  settle(tx: ActionContext, outcome: { status: AssistantOutcome; message: MessageRow | null }): Promise<void>;
}
/** `superseded`: somebody else speaks by now, and nothing was said. */
export type AssistantOutcome = 'answered' | 'handed-over' | 'superseded';

/**
 * What an assistant says, if it still may: the epoch is compared under the lock that each person's reply takes as well, so
 * either the answer stands before the person stepped in, or it is not said at all.
 */
export async function answerAsAssistant(ctx: ActionContext, reply: AssistantReply): Promise<{ status: AssistantOutcome; message: MessageRow | null }> {
  const said = reply.text.trim() === '' ? null : await passReply(ctx, reply.conversation, checkDraft({ cid: reply.cid, kind: 'reply', text: reply.text, attachmentIds: [] }));
  return ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, reply.conversation.id);
    const before = { ...row };
    if (row.speaker_epoch !== reply.epoch || row.ai_state !== 'active' || isClosed(row.status)) {
      const lost = { status: 'superseded', message: null } as const;
      await reply.settle(tx, lost);
      return lost;
    }
    const stored: MessageRow[] = [];
    const message = said === null ? null : await appendText(tx, row, reply.author, { kind: 'reply', text: said.text, cid: said.cid, fingerprint: null, attachmentCount: 0, sources: reply.sources });
    if (message) {
      stored.push(message);
      afterDeskReply(row);
      row.contact_unread += 1;
    }
    if (reply.handOver) stored.push(...await handOver(tx, row, reply.author, reply.handOver));
    row.version += 1;
    row.change_version += 1;
    await saveConversation(tx.db, before, row);
    const after = await findConversationById(tx.db, row.id) ?? { ...reply.conversation, ...row };
    const conversation = refOf(after);
    if (message) await tx.emit('conversation.replied', { conversation, messageId: message.uid, seq: message.seq, authorType: 'assistant', text: plainOf(message.text) });
    if (reply.handOver) await tellHandOver(tx, after, before.number, reply.author, reply.handOver.reason);
    await tellStatus(tx, conversation, before.status, after.status);
    await tellChange(tx, before, row, stored);
    const outcome = { status: reply.handOver ? 'handed-over' : 'answered', message } as const;
    await reply.settle(tx, outcome);
    return outcome;
  });
}

async function tellHandOver(tx: ActionContext, after: LoadedConversation, numberBefore: string | null, author: Author, reason: HandOverReason): Promise<void> {
  const conversation = refOf(after);
  if (after.number !== null && numberBefore === null) await tx.emit('conversation.escalated', { conversation, number: after.number });
  await tx.emit('conversation.handed-over', { conversation, assistantId: author.uid ?? '', reason });
}

/** Takes a conversation from an assistant that can't go on, whatever it was doing: it failed, was switched off, or reached a limit. */
export async function takeFromAssistant(ctx: ActionContext, conversationId: number, author: Author, given: HandOver): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, conversationId);
    if (row.ai_state !== 'active') return false;
    const before = { ...row };
    const stored = given.message ? [await sayLast(tx, row, author, given.message)] : [];
    stored.push(...await handOver(tx, row, author, given));
    row.version += 1;
    row.change_version += 1;
    await saveConversation(tx.db, before, row);
    const after = await findConversationById(tx.db, row.id);
    if (after) await tellHandOver(tx, after, before.number, author, given.reason);
    if (after) await tellStatus(tx, refOf(after), before.status, after.status);
    await tellChange(tx, before, row, stored);
    return true;
  });
}

async function sayLast(tx: ActionContext, row: Parameters<typeof appendText>[1], author: Author, text: string): Promise<MessageRow> {
  const message = await appendText(tx, row, author, { kind: 'reply', text, cid: null, fingerprint: null, attachmentCount: 0 });
  row.contact_unread += 1;
  return message;
}
