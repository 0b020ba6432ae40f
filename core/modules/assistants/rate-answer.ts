import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { accessOf, findConversationById, refOf, tellAssistantChanged } from '../conversations/index.ts';
import { AssistantRun } from './assistant-run.model.ts';

type Rating = 'up' | 'down' | null;

/** An operator's word on an answer; the last one counts. */
export async function rateAnswer(ctx: ActionContext, uid: string, given: { rating: Rating; comment?: string | undefined }): Promise<AssistantRun> {
  const run = await readRun(ctx, uid);
  ctx.authorize('answer.rate');
  return store(ctx, run, { operator_rating: given.rating, ...(given.comment === undefined ? {} : { rating_comment: given.comment.replaceAll('\u0000', '').toWellFormed() || null }) }, { rating: given.rating, by: 'operator' });
}

/** The contact's word on an answer that it got. */
export async function rateAsContact(ctx: ActionContext, input: { conversationId: number; messageId: string; rating: Rating }): Promise<void> {
  const run = await AssistantRun.query(ctx.db).findOne({ conversation_id: input.conversationId, message_uid: input.messageId });
  if (!run) throw notFound('answer');
  await store(ctx, run, { contact_rating: input.rating }, { rating: input.rating, by: 'contact' });
}

/** A run of a conversation that the asker may see. */
export async function readRun(ctx: ActionContext, uid: string): Promise<AssistantRun> {
  const run = await AssistantRun.query(ctx.db).findOne({ uid });
  const conversation = run && await findConversationById(ctx.db, run.conversation_id);
  if (!run || !conversation || !ctx.can('conversation.view', accessOf(conversation))) throw notFound('answer');
  return run;
}

async function store(ctx: ActionContext, run: AssistantRun, change: Partial<AssistantRun>, told: { rating: Rating; by: 'contact' | 'operator' }): Promise<AssistantRun> {
  return ctx.transaction(async (tx) => {
    await AssistantRun.query(tx.db).findById(run.id).patch(change);
    const conversation = await findConversationById(tx.db, run.conversation_id);
    const assistant = await tx.db<{ id: number; uid: string }>('operators').where({ id: run.operator_id }).first('uid');
    if (conversation) await tx.emit('assistant.answer-rated', { conversation: refOf(conversation), runId: run.uid, assistantId: assistant?.uid ?? '', ...told });
    await tellAssistantChanged(tx, run.conversation_id);
    return Object.assign(run, change);
  });
}
