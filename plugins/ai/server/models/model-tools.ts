import type { ToolOutcome, TurnTool } from '@plugboard/sdk';
import type { ToolSet } from 'ai';
import type { Fence } from '../prompt/fence.ts';
import { limits } from './model-limits.ts';
import type { StepCall } from './stream-step.ts';

/** Ours; a desk's tool of that name would be reached no more. */
export const handOverTool = 'hand_over';

/** The turn's tools as the library wants them. None of them runs by itself: each call goes through the desk. */
export async function toolSet(tools: readonly TurnTool[], canHandOver: boolean): Promise<ToolSet> {
  const { jsonSchema, tool } = await import('ai');
  const own: ToolSet = canHandOver
    ? {
      [handOverTool]: tool({
        description: 'Passes the conversation to a person of the team. Use it when the person asks for one, is upset, or needs something that you may not do.',
        inputSchema: jsonSchema({ type: 'object', properties: { summary: { type: 'string', description: 'What the colleague needs to know, in two or three sentences.' } }, additionalProperties: false }),
      }),
    }
    : {};
  return { ...Object.fromEntries(tools.map(({ name, description, effect, input, needsApproval }) => [name, tool({
    description: `${description}${effect === 'write' ? ' It changes something.' : ''}${needsApproval ? ' A person has to approve it first.' : ''}`,
    inputSchema: jsonSchema(input as Parameters<typeof jsonSchema>[0]),
  })])), ...own };
}

export interface CallDone { name: string; status: ToolOutcome['status'] | 'invalid'; text: string }

/** Runs one call that a model asked for. What comes back is told to it as data within the turn's marks. */
export async function runCall(call: StepCall, tools: readonly TurnTool[], callTool: (name: string, input: unknown) => Promise<ToolOutcome>, fence: Fence): Promise<CallDone> {
  if (call.isInvalid || !tools.some(({ name }) => name === call.name)) {
    const isKnown = tools.some(({ name }) => name === call.name);
    return { name: call.name.slice(0, 60), status: 'invalid', text: isKnown ? 'The arguments do not fit the tool.' : 'There is no such tool.' };
  }
  const outcome = await callTool(call.name, call.input);
  if (outcome.status === 'pending') return { name: call.name, status: 'pending', text: 'A person has to approve this first. Tell so; do not call it again.' };
  if (outcome.status !== 'done') return { name: call.name, status: outcome.status, text: `It was not done: ${outcome.reason}`.slice(0, 500) };
  return { name: call.name, status: 'done', text: fence.wrap('result of a tool', JSON.stringify(outcome.result ?? null).slice(0, limits.toolResultChars)) };
}
