import type { DecidedCall, ToolOutcome, TurnTool } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import type { AnswerDto } from '../../shared/assistants.ts';
import type { LoadedConversation } from '../conversations/index.ts';

export interface TurnToolCall {
  runUid: string;
  conversation: LoadedConversation;
  assistantUid: string;
  name: string;
  input: unknown;
  /** Counts the calls of the turn, from 1. */
  ordinal: number;
  signal: AbortSignal;
  /** Asked in the transaction that starts the call: a turn that was lost starts nothing. */
  isStillMine(tx: ActionContext): Promise<boolean>;
}

/** What a turn needs of the tools; made by modules/tools, given by the composition root. */
export interface TurnTools {
  list(ctx: ActionContext, of: { conversation: LoadedConversation; assistantUid: string }): Promise<TurnTool[]>;
  call(ctx: ActionContext, call: TurnToolCall): Promise<ToolOutcome>;
  /** Decided since the assistant heard of them last; telling marks them. */
  takeDecided(ctx: ActionContext, conversation: LoadedConversation): Promise<DecidedCall[]>;
  /** Calls of turns by the turn's id, for people who ask what an answer came from. */
  callsOf(ctx: ActionContext, runUids: readonly string[]): Promise<ReadonlyMap<string, AnswerDto['calls']>>;
}

/** A desk without tools. */
export const noTools: TurnTools = {
  list: async () => [],
  call: async () => ({ status: 'refused', reason: 'unknown_tool' }),
  takeDecided: async () => [],
  callsOf: async () => new Map(),
};
