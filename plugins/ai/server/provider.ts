import type { AssistantAnswer, AssistantProvider, AssistantTurn, PluginContext, TurnCall } from '@plugboard/sdk';
import { answerTurn } from './answering/answer-turn.ts';
import { presentAccount } from './assistants/accounts.ts';
import { assist } from './copilot/assist.ts';
import type { Parts } from './parts.ts';

/** What the desk asks: which assistants there are, to answer a turn, to help an operator. */
export function assistantProvider(ctx: PluginContext, parts: Parts): AssistantProvider {
  return {
    id: 'ai', label: 'name',
    accounts: async () => (await parts.assistants.list()).map(presentAccount),
    answer: (turn, call) => answer(ctx, parts, turn, call),
    assist: (request, call) => assist({ ctx, writer: parts.writer, assistants: parts.assistants }, request, call),
  };
}

async function answer(ctx: PluginContext, parts: Parts, turn: AssistantTurn, call: TurnCall): Promise<AssistantAnswer> {
  const assistant = await parts.assistants.byId(turn.assistantId);
  if (!assistant) return { text: '', handOver: { reason: 'stopped' } };
  const started = performance.now();
  const { attempts, turns, settings, writer } = parts;
  const failed = await attempts.failed(turn.conversation.id);
  const result = await answerTurn({ ctx, writer, settings: () => settings.get() }, {
    assistant, turn, failed, reader: { contactId: turn.contact.id }, writesSummary: true, signal: call.signal, emit: (text) => call.emit(text), callTool: (name, input) => call.callTool(name, input),
  });
  const { text, sources, confidence, handOver, trace, outcome, locale } = result;
  if (result.failed !== failed) await attempts.set(turn.conversation.id, result.failed);
  await turns.add({
    id: turn.runId, assistantId: assistant.id, brandId: turn.conversation.brandId, conversationId: turn.conversation.id, contactId: turn.contact.id, lastSeq: turn.messages.at(-1)?.seq ?? 0, locale,
    model: trace.model, promptVersion: trace.promptVersion, outcome, reason: handOver?.reason ?? null, confidence, inputTokens: trace.inputTokens, outputTokens: trace.outputTokens, costMicros: trace.costMicros,
    latencyMs: Math.round(performance.now() - started),
  });
  return { text, confidence, trace, ...(sources ? { sources } : {}), ...(handOver ? { handOver } : {}) };
}
