import type { HandOver, HandOverReason } from '@plugboard/sdk';
import { randomUUID } from 'node:crypto';
import type { ActionContext } from '../../kernel/context.ts';
import type { RunStatus } from '../../shared/assistants.ts';
import { answerAsAssistant, findConversationById, lockConversation, refOf, takeFromAssistant, tellAssistantChanged } from '../conversations/index.ts';
import type { Author, MessageRow } from '../messages/index.ts';
import type { CheckedAnswer } from './answer.schema.ts';
import { AssistantRun } from './assistant-run.model.ts';
import type { RunningTurn } from './turn.ts';

type Ended = Exclude<RunStatus, 'running'>;
interface End { status: Ended; reason: HandOverReason | null; text: string; message: MessageRow | null; answer: CheckedAnswer | null; error: string | null }

const authorOf = ({ known: { operator } }: Pick<RunningTurn, 'known'>): Author => ({ type: 'assistant', id: operator.id, uid: operator.uid, name: operator.name });

/** What became of an answer: it was said, it waits as a draft, or nobody wanted it any more. Answers the message's id. */
export async function settleAnswer(ctx: ActionContext, turn: RunningTurn, answer: CheckedAnswer): Promise<string | null> {
  if (turn.run.mode === 'suggest') return settleDraft(ctx, turn, answer);
  const handOver = answer.handOver ? pruned(answer.handOver) : null;
  const text = [answer.text, handOver?.message ?? ''].map((part) => part.trim()).filter(Boolean).join('\n\n');
  const { message } = await answerAsAssistant(ctx, {
    conversation: turn.conversation, epoch: turn.run.epoch, author: authorOf(turn), cid: randomUUID(), text, sources: answer.sources ?? [], handOver,
    settle: (tx, outcome) => end(tx, turn, { status: outcome.status, reason: outcome.status === 'handed-over' ? handOver?.reason ?? null : null, text, message: outcome.message, answer, error: null }),
  });
  return message?.uid ?? null;
}

/** The plugin failed: a person goes on, unless one did already. */
export async function settleFailure(ctx: ActionContext, turn: RunningTurn, error: unknown): Promise<void> {
  const handOver: HandOver = { reason: 'failed' };
  const failed: End = { status: 'failed', reason: 'failed', text: '', message: null, answer: null, error: error instanceof Error ? error.message.slice(0, 500) : 'unknown' };
  if (turn.run.mode === 'suggest') return ctx.transaction((tx) => end(tx, turn, { ...failed, reason: null }));
  await answerAsAssistant(ctx, {
    conversation: turn.conversation, epoch: turn.run.epoch, author: authorOf(turn), cid: randomUUID(), text: '', sources: [], handOver,
    settle: (tx, { status }) => end(tx, turn, status === 'superseded' ? { ...failed, status, reason: null, error: null } : failed),
  });
}

/** The turn was lost while the answer was being made: what there is of it stays with the desk. */
export const settleLoss = (ctx: ActionContext, turn: RunningTurn): Promise<void> =>
  ctx.transaction((tx) => end(tx, turn, { status: 'superseded', reason: null, text: turn.stream.text, message: null, answer: null, error: null }));

/** A process ended in the middle of a turn: it is never run again by itself. */
export async function settleInterrupted(ctx: ActionContext, run: AssistantRun, author: Author): Promise<void> {
  const isOurs = await ctx.transaction(async (tx) => {
    const changed = await AssistantRun.query(tx.db).where({ id: run.id, status: 'running' }).where('lease_until', '<', Date.now())
      .patch({ status: 'failed', reason: 'failed', error: 'interrupted', finished_at: Date.now() });
    if (changed === 0) return false;
    const row = await lockConversation(tx, run.conversation_id);
    await tellAssistantChanged(tx, run.conversation_id);
    return row.speaker_epoch === run.epoch;
  });
  if (isOurs && run.mode === 'answer') await takeFromAssistant(ctx, run.conversation_id, author, { reason: 'failed' });
}

async function settleDraft(ctx: ActionContext, turn: RunningTurn, answer: CheckedAnswer): Promise<null> {
  await ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, turn.conversation.id);
    const status = row.speaker_epoch === turn.run.epoch ? 'drafted' : 'superseded';
    await end(tx, turn, { status, reason: null, text: answer.text, message: null, answer, error: null });
  });
  return null;
}

async function end(tx: ActionContext, turn: RunningTurn, { status, reason, text, message, answer, error }: End): Promise<void> {
  const { run, conversation, known } = turn;
  const now = Date.now();
  const present = await findConversationById(tx.db, conversation.id) ?? conversation;
  // A newer message of the contact has its own turn; what a person cut short is kept for them.
  const isKept = status === 'drafted' || (status === 'superseded' && present.ai_state !== 'active');
  await AssistantRun.query(tx.db).findById(run.id).patch({
    status, reason, text, error, message_uid: message?.uid ?? null, confidence: answer?.confidence === undefined ? null : Math.round(answer.confidence),
    sources: answer?.sources?.length ? JSON.stringify(answer.sources) : null, trace: answer?.trace ? JSON.stringify(answer.trace) : null,
    latency_ms: now - run.created_at, finished_at: now, dismissed_at: isKept ? null : now,
  });
  await tx.emit('assistant.turn-ended', {
    conversation: refOf(present), runId: run.uid, assistantId: known.operator.uid, status, reason, confidence: answer?.confidence ?? null, question: run.question, locale: run.locale,
  });
  await tellAssistantChanged(tx, conversation.id);
}

/** Without the fields that a schema leaves undefined. */
function pruned({ reason, ...rest }: NonNullable<CheckedAnswer['handOver']>): HandOver {
  return { reason, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) };
}
