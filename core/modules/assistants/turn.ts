import type { AssistantAnswer, ToolOutcome } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { findConversationById, lockConversation, type LoadedConversation } from '../conversations/index.ts';
import type { KnownAssistant } from './assistant-accounts.ts';
import type { AssistantRun } from './assistant-run.model.ts';
import type { AnswerStream } from './answer-stream.ts';
import { buildTurn } from './build-turn.ts';
import type { TurnTools } from './turn-tools.ts';

export const turnMs = 60_000;
const mostCalls = 8;
/** The hint that a turn was lost comes at once; when it gets lost itself, the database says so within this. */
const checkMs = 500;

/** Somebody else speaks by now: what is still being made is not wanted. */
export class TurnLost extends Error {
  constructor() {
    super('the turn was lost');
    this.name = 'TurnLost';
  }
}

export interface RunningTurn { run: AssistantRun; conversation: LoadedConversation; known: KnownAssistant; stream: AnswerStream; controller: AbortController; tools: TurnTools }

/** Does the turn still hold the lease that it began with? In a transaction nobody takes it until that ends. */
export async function isMine(ctx: ActionContext, { run, conversation }: Pick<RunningTurn, 'run' | 'conversation'>): Promise<boolean> {
  const now = ctx.inTransaction ? await lockConversation(ctx, conversation.id) : await findConversationById(ctx.db, conversation.id);
  return now?.speaker_epoch === run.epoch;
}

/** Asks the plugin for its answer. Throws `TurnLost`, or what the plugin threw. */
export async function askAssistant(ctx: ActionContext, turn: RunningTurn): Promise<AssistantAnswer> {
  const { run, conversation, known, stream, controller, tools } = turn;
  const of = { conversation, assistantUid: known.operator.uid };
  const [built, available, decided] = await Promise.all([buildTurn(ctx, conversation, known.account.id), tools.list(ctx, of), tools.takeDecided(ctx, conversation)]);
  let calls = 0;
  let checkedAt = performance.now();
  const hold = async (): Promise<void> => {
    if (!controller.signal.aborted && performance.now() - checkedAt > checkMs) {
      checkedAt = performance.now();
      if (!await isMine(ctx, turn)) controller.abort(new TurnLost());
    }
    if (controller.signal.aborted) throw controller.signal.reason as Error;
  };
  return known.provider.answer({ ...built, runId: run.uid, mode: run.mode, tools: run.mode === 'answer' ? available : available.filter(({ effect }) => effect === 'read'), decided }, {
    signal: AbortSignal.any([controller.signal, AbortSignal.timeout(turnMs)]), actor: { type: 'assistant', id: known.operator.uid }, locale: built.conversation.locale,
    async emit(text) {
      await hold();
      if (typeof text === 'string') stream.add(text);
    },
    async callTool(name, input): Promise<ToolOutcome> {
      await hold();
      calls += 1;
      if (calls > mostCalls) return { status: 'refused', reason: 'too_many_calls' };
      return tools.call(ctx, { ...of, runUid: run.uid, name, input, ordinal: calls, signal: controller.signal, isStillMine: (tx) => isMine(tx, turn) });
    },
  });
}
