import type { AssistantTurn, CallActor, KnowledgeReader, Passage, PluginContext } from '@plugboard/sdk';
import { answerTurn } from '../answering/answer-turn.ts';
import type { Assistant } from '../assistants/assistant.schema.ts';
import { refused } from '../fields.ts';
import type { Parts } from '../parts.ts';
import { reachOf } from '../reach.ts';
import { readerOf, trialTurn } from '../trial-turn.ts';
import type { PlaygroundBody } from './playground.schema.ts';
import type { Try } from './playground.routes.ts';

interface Reading { reader: KnowledgeReader; allows?(passage: Passage): boolean }

/** Answers a turn that nobody waits for: nothing is kept, no tool is called. */
function trying(ctx: PluginContext, { writer, settings }: Parts, assistant: Assistant, turn: AssistantTurn, reading: Reading): Try {
  return async (emit, signal) => {
    const started = performance.now();
    const { text, sources = [], confidence, handOver, trace, prompt } = await answerTurn({ ctx, writer, settings: () => settings.get() }, {
      assistant, turn, failed: 0, ...reading, signal, emit, callTool: async () => ({ status: 'refused', reason: 'tools are not called in the playground' }),
    });
    return { text, sources, confidence, handOver: (handOver ?? null) as never, trace: trace as never, prompt, latencyMs: Math.round(performance.now() - started) };
  };
}

export async function askDraft(ctx: PluginContext, parts: Parts, body: PlaygroundBody, actor: CallActor): Promise<Try> {
  // Guidance and internal texts are shown in the prompt.
  if (!(await reachOf(ctx, actor)).has(body.brandId)) throw refused('brandId', 'unknown');
  const assistant: Assistant = { ...body.assistant, id: body.assistantId ?? '', version: 0, scores: null, createdAt: 0, updatedAt: 0 };
  const turn = trialTurn({ ...body, locale: body.locale ?? 'en', isVerified: body.audience !== 'public' });
  return trying(ctx, parts, assistant, turn, readerOf(body.audience, actor.type === 'operator' ? actor.id : null));
}

/** A turn as it was asked, read again from its conversation, by the assistant as it is now. */
export async function replayTurn(ctx: PluginContext, parts: Parts, runId: string, actor: CallActor): Promise<Try | null> {
  const found = await parts.turns.byId(runId);
  const row = found && (await reachOf(ctx, actor)).has(found.brand_id) ? found : null;
  const assistant = row ? await parts.assistants.byId(row.assistant_id) : null;
  const thread = row ? await ctx.conversations.messages({ contactId: row.contact_id, conversationId: row.conversation_id, limit: 50, beforeSeq: Number(row.last_seq) + 1 }).catch(() => null) : null;
  if (!row || !assistant || !thread) return null;
  const messages = thread.data.filter(({ kind }) => kind === 'reply').map(({ author, body }) => ({ author: author.type === 'contact' ? 'contact' as const : 'assistant' as const, text: body.text }));
  if (messages.length === 0) return null;
  return trying(ctx, parts, assistant, trialTurn({ brandId: row.brand_id, locale: row.locale, messages, assistantId: assistant.id }), { reader: { contactId: row.contact_id } });
}
