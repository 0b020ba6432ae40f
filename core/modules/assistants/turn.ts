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

/** What comes after the plugin's answer, or after its time, changes nothing any more. */
class TurnOver extends Error {
  constructor() {
    super('the turn is over');
    this.name = 'TurnOver';
  }
}

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
  const listed = run.mode === 'answer' ? available : available.filter(({ effect }) => effect === 'read');
  const ends = AbortSignal.any([controller.signal, AbortSignal.timeout(turnMs)]);
  let calls = 0;
  let isOver = false;
  let checkedAt = performance.now();
  const hold = async (): Promise<void> => {
    if (!controller.signal.aborted && performance.now() - checkedAt > checkMs) {
      checkedAt = performance.now();
      if (!await isMine(ctx, turn)) controller.abort(new TurnLost());
    }
    if (ends.aborted) throw ends.reason as Error;
    if (isOver) throw new TurnOver();
  };
  const answer = known.provider.answer({ ...built, runId: run.uid, mode: run.mode, tools: listed, decided }, {
    signal: ends, actor: { type: 'assistant', id: known.operator.uid }, locale: built.conversation.locale,
    async emit(text) {
      await hold();
      if (typeof text === 'string') stream.add(text);
    },
    async callTool(name, input): Promise<ToolOutcome> {
      await hold();
      calls += 1;
      if (calls > mostCalls) return { status: 'refused', reason: 'too_many_calls' };
      // What the turn was not told of is not there for it, whatever a model makes up.
      if (!listed.some((tool) => tool.name === name)) return { status: 'refused', reason: 'unknown_tool' };
      return tools.call(ctx, { ...of, runUid: run.uid, name, input, ordinal: calls, signal: ends, isStillMine: async (tx) => !isOver && !ends.aborted && await isMine(tx, turn) });
    },
  });
  return answer.finally(() => { isOver = true; });
}
