import type { ToolOutcome, TurnTool } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { findConversationById, type LoadedConversation } from '../conversations/index.ts';
import { loadOperatorActor } from '../operators/index.ts';
import { isVerified } from './call-binding.ts';
import { findByModelName, labelOf, listKnownTools, modelNameOf } from './known-tools.ts';
import { CallRefused, openCall } from './open-call.ts';
import { runCall } from './run-call.ts';
import type { ToolCallRow } from './tool-call.model.ts';
import { findToolSettings, ruleFor, selectToolSettings } from './tool-rules.ts';

export interface TurnOf { conversation: LoadedConversation; assistantUid: string }
export interface TurnToolCall extends TurnOf {
  runUid: string;
  /** The tool's name as `turnTools` gave it. */
  name: string;
  input: unknown;
  /** Counts the calls of the turn, from 1: the same one again is the same call. */
  ordinal: number;
  signal: AbortSignal;
  /** Asked in the transaction that starts the call: a turn that was lost starts nothing. */
  isStillMine(tx: ActionContext): Promise<boolean>;
}

const descriptionLength = 1_000;

/** The tools that an assistant may call in this conversation now. Those about a contact are there only for one that proved who they are. */
export async function turnTools(ctx: ActionContext, { conversation, assistantUid }: TurnOf): Promise<TurnTool[]> {
  const [settingsOf, now] = [await selectToolSettings(ctx.db), await findConversationById(ctx.db, conversation.id)];
  return listKnownTools(ctx.kernel).flatMap((tool): TurnTool[] => {
    const settings = settingsOf(tool.id);
    const rule = ruleFor(tool, settings, 'assistants', assistantUid);
    const { effect, scope, description, schema } = tool.provider;
    if (!settings.isEnabled || rule === 'never' || (scope === 'contact' && !(now && isVerified(now)))) return [];
    return [{ name: modelNameOf(tool), label: labelOf(tool, ctx.locale), description: description.slice(0, descriptionLength), effect, input: { ...schema }, needsApproval: rule === 'ask' }];
  });
}

const refused = (reason: string): ToolOutcome => ({ status: 'refused', reason });

/** One call of an assistant's turn. Whether it may is asked anew each time. A tool that is not there and one that is off look alike. */
export async function callTool(ctx: ActionContext, call: TurnToolCall): Promise<ToolOutcome> {
  const tool = findByModelName(ctx.kernel, call.name);
  const settings = tool && await findToolSettings(ctx.db, tool.id);
  const rule = tool && settings?.isEnabled ? ruleFor(tool, settings, 'assistants', call.assistantUid) : 'never';
  if (!tool || rule === 'never') return refused('unknown_tool');
  const actor = await loadOperatorActor(ctx.kernel, call.assistantUid);
  if (actor?.type !== 'assistant') return refused('not_an_assistant');
  const asking = ctx.as(actor);
  try {
    const { call: row, isNew } = await openCall(asking, { ...call, tool, needsApproval: rule === 'ask', origin: { runUid: call.runUid, ordinal: call.ordinal } });
    return outcomeOf(isNew && row.status === 'running' ? await runCall(asking, tool, row, call.signal) : row);
  } catch (error) {
    if (error instanceof CallRefused) return refused(error.reason);
    throw error;
  }
}

function outcomeOf(row: ToolCallRow): ToolOutcome {
  switch (row.status) {
    case 'done': return { status: 'done', result: JSON.parse(row.result ?? 'null') as unknown };
    case 'pending': return { status: 'pending', approvalId: row.uid };
    case 'failed': return { status: 'failed', reason: row.error ?? 'failed' };
    default: return refused(row.status);
  }
}
