import type { AssistantTurn, PluginContext, ToolOutcome } from '@plugboard/sdk';
import type { Assistant } from '../assistants/assistant.schema.ts';
import { NoModelAnswered, type Writer, type Written } from '../models/writer.ts';
import { buildPrompt, promptText, type Prompt } from '../prompt/build-prompt.ts';
import { noAnswerMark } from '../prompt/system-text.ts';
import type { Asked } from './asked.ts';
import { addressesIn, cleanOutput, StreamCleaner } from './clean-output.ts';
import { emptyDraft, sourcesOf, type Draft } from './draft.ts';
import type { Found } from './find-passages.ts';
import { groundedness } from './groundedness.ts';
import { LeakGuard } from './leak-guard.ts';

export interface ModelTurn {
  assistant: Assistant; turn: AssistantTurn; asked: Asked; found: Found; signal: AbortSignal;
  emit(text: string): Promise<void>;
  callTool(name: string, input: unknown): Promise<ToolOutcome>;
}

/** Lets a model write from the passages, and checks what it wrote against them. Without an answer `failure` says why. */
export async function answerWithModel({ knowledge }: Pick<PluginContext, 'knowledge'>, writer: Writer, { assistant, turn, asked, found, signal, emit, callTool }: ModelTurn): Promise<Draft> {
  const guidance = await knowledge.guidance({ brandId: turn.conversation.brandId });
  const prompt = buildPrompt({ assistant, turn, passages: found.passages, guidance, locale: asked.locale });
  const cleaner = new StreamCleaner(allowedIn(prompt));
  const guard = new LeakGuard(prompt, assistant);
  let shown = '';
  const base = { ...emptyDraft, passages: found.passages, prompt: promptText(prompt) };
  try {
    const written = await writer.write({
      modelIds: assistant.modelIds, brandId: turn.conversation.brandId, ...prompt, tools: assistant.useTools ? turn.tools : [], canHandOver: turn.mode === 'answer' && assistant.escalation.mode !== 'off', signal, callTool,
      onText: async (piece) => {
        const fresh = cleaner.add(piece);
        shown += fresh;
        if (fresh && !guard.leaks(shown)) await emit(fresh);
      },
    });
    return { ...base, ...judge(written, prompt, guard, asked, found), ...spent(written), model: written.model.model, notes: written.notes };
  } catch (error) {
    if (!(error instanceof NoModelAnswered)) throw error;
    return { ...base, ...spent(error.spent), notes: error.notes, failure: error.isOverBudget ? 'budget' : 'failed' };
  }
}

const allowedIn = ({ grounds }: Prompt): Set<string> => addressesIn(grounds);

const spent = ({ inputTokens, outputTokens, costMicros, calls }: Pick<Written, 'inputTokens' | 'outputTokens' | 'costMicros' | 'calls'>) => ({
  inputTokens, outputTokens, costMicros, tried: calls.map(({ name, status }) => `${name}: ${status}`),
});

function judge(written: Written, prompt: Prompt, guard: LeakGuard, asked: Asked, found: Found): Pick<Draft, 'text' | 'sources' | 'confidence' | 'hasKnowledge' | 'handOver'> {
  const none = { text: '', sources: [], confidence: 0, hasKnowledge: false };
  if (written.handOver) return { ...none, handOver: written.handOver };
  if (written.text.includes(noAnswerMark)) return { ...none, handOver: null };
  const { text, cited } = cleanOutput(written.text, allowedIn(prompt));
  if (text === '' || guard.leaks(text)) return { ...none, handOver: null };
  const used = cited.flatMap((number) => found.passages[number - 1] ?? []);
  const results = written.calls.filter(({ status }) => status === 'done').map(({ text: result }) => result);
  const grounded = groundedness(text, [...prompt.grounds, ...results], asked.locale, prompt.said);
  // A tool's result answers what no passage does.
  const confidence = results.length > 0 || found.passages.length === 0 ? grounded : Math.min(grounded, Math.round(grounded * 0.7 + Math.max(found.confidence, used.length > 0 ? 70 : 0) * 0.3));
  return { text, sources: sourcesOf(used), confidence, hasKnowledge: true, handOver: null };
}

