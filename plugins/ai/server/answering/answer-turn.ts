import type { AssistantAnswer, AssistantTurn, KnowledgeReader, Passage, PluginContext, ToolOutcome } from '@plugboard/sdk';
import type { Assistant } from '../assistants/assistant.schema.ts';
import type { TurnRecord } from '../costs/turn.store.ts';
import { afterAnswer, beforeAnswer, type Decision } from '../escalation/evaluate.ts';
import { handOverOf } from '../escalation/hand-over.ts';
import { summarise } from '../escalation/summary.ts';
import { writtenSummary } from '../escalation/written-summary.ts';
import type { Writer } from '../models/writer.ts';
import { limits } from '../models/model-limits.ts';
import { promptVersion } from '../prompt/system-text.ts';
import type { Settings } from '../settings/settings.schema.ts';
import { whatIsAsked, type Asked } from './asked.ts';
import { answerByRetrieval, wasSaid } from './answer-by-retrieval.ts';
import { answerWithModel } from './answer-with-model.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { findPassages } from './find-passages.ts';
import { smalltalk, withIntroduction } from './own-words.ts';

export interface TurnParts {
  assistant: Assistant;
  turn: AssistantTurn;
  /** How often this conversation was not helped so far. */
  failed: number;
  reader: KnowledgeReader;
  allows?(passage: Passage): boolean;
  signal: AbortSignal;
  now?: Date;
  /** A model writes what the person who takes over needs to know, where there is one. */
  writesSummary?: boolean;
  emit(text: string): Promise<void>;
  callTool(name: string, input: unknown): Promise<ToolOutcome>;
}
export interface TurnResult extends AssistantAnswer { text: string; outcome: TurnRecord['outcome']; locale: string; failed: number; confidence: number; prompt: string | null; trace: NonNullable<AssistantAnswer['trace']> }
interface TurnDeps { ctx: Pick<PluginContext, 'knowledge' | 'brands' | 't'>; writer: Writer; settings: () => Promise<Settings> }

/** One turn: listen, decide, look up, write, check, decide again. It writes nothing itself but what `emit` and `callTool` do. */
export async function answerTurn(deps: TurnDeps, parts: TurnParts): Promise<TurnResult> {
  const { assistant, turn } = parts;
  const asked = whatIsAsked(turn);
  const failed = parts.failed + (asked.said.isDissatisfied ? 1 : 0);
  const isSuggestion = turn.mode === 'suggest';
  const [model = null] = await deps.writer.usable(assistant.modelIds);
  const end = new Ending(deps, parts, asked, promptVersion(assistant, model));
  const { decision, keeps } = beforeAnswer(assistant, turn, asked, failed);
  if (decision && !isSuggestion) return end.handedOver(emptyDraft, decision, failed);
  if (asked.said.smalltalk && !isSuggestion) return end.smalltalk(asked.said.smalltalk === 'thanks' ? 0 : failed);
  if (asked.said.wantsHuman && !isSuggestion) return end.says('say.cannotHandOver', failed);

  const drafted = await draftAnswer(deps, parts, asked, model !== null);
  const isHelpless = drafted.isRepeat || !drafted.hasKnowledge || drafted.text === '';
  const now = isHelpless ? Math.max(failed, parts.failed + 1) : failed;
  if (isSuggestion) return end.answered(drafted, now, 'drafted');
  if (drafted.handOver) return end.handedOver(drafted, { reason: 'tool', rule: null }, now);
  const threshold = assistant.escalation.confidence.isOn ? assistant.escalation.confidence.threshold : 1;
  if (drafted.failure && !keeps && assistant.escalation.mode !== 'off') {
    const isSparing = drafted.failure === 'budget' && (await deps.settings()).overBudget === 'hand-over';
    if (isSparing || drafted.confidence < threshold) return end.handedOver({ ...drafted, text: '' }, { reason: drafted.failure, rule: null }, now);
  }
  const after = afterAnswer(assistant, { hasKnowledge: drafted.hasKnowledge, confidence: drafted.confidence, failed: now }, keeps);
  if (after) return end.handedOver(after.reason === 'always' ? drafted : { ...drafted, text: '' }, after, now);
  if (drafted.isRepeat) return end.says('say.repeated', now, drafted);
  if (isHelpless) return end.says('say.unknownAskAgain', now, drafted);
  return end.answered(drafted, now, 'answered');
}

/** With a model where there is one, and by retrieval where it did not answer. */
async function draftAnswer({ ctx, writer }: TurnDeps, parts: TurnParts, asked: Asked, hasModel: boolean): Promise<Draft & { isRepeat: boolean }> {
  const { turn, assistant, reader, allows } = parts;
  const found = await findPassages(ctx, asked, { brandId: turn.conversation.brandId, reader, ...(allows ? { allows } : {}) });
  const said = turn.messages.filter(({ author }) => author === 'assistant').map(({ text }) => text);
  if (!hasModel) return answerByRetrieval(asked, found, said);
  const signal = AbortSignal.any([parts.signal, AbortSignal.timeout(limits.turnMs)]);
  let isIntroduced = false;
  const emit = async (text: string): Promise<void> => {
    const opening = isIntroduced ? '' : withIntroduction(ctx, assistant, turn, asked.textLocale, '');
    isIntroduced = true;
    await parts.emit(opening + text);
  };
  const written = await answerWithModel(ctx, writer, { assistant, turn, asked, found, signal, emit, callTool: parts.callTool }).catch((error: unknown): Draft => {
    // Our own time is up, the desk's is not: there is time left for an answer without a model.
    if (parts.signal.aborted || !signal.aborted) throw error;
    return { ...emptyDraft, passages: found.passages, notes: ['time is up'], failure: 'failed' };
  });
  if (!written.failure) return { ...written, isRepeat: wasSaid(written.text, said) };
  const { text, sources, confidence, hasKnowledge, isRepeat } = answerByRetrieval(asked, found, said);
  return { ...written, text, sources, confidence, hasKnowledge, isRepeat };
}

/** The ways a turn can end, each with what the desk keeps about it. */
class Ending {
  readonly #deps: TurnDeps;
  readonly #parts: TurnParts;
  readonly #asked: Asked;
  readonly #version: string;

  constructor(deps: TurnDeps, parts: TurnParts, asked: Asked, version: string) {
    this.#deps = deps;
    this.#parts = parts;
    this.#asked = asked;
    this.#version = version;
  }

  async answered(draft: Draft, failed: number, outcome: 'answered' | 'drafted'): Promise<TurnResult> {
    const text = outcome === 'drafted' ? draft.text : this.#introduced(draft.text);
    if (draft.model === null && text !== '') await this.#parts.emit(text);
    return { ...this.#common(draft, failed), text, sources: draft.sources, confidence: draft.confidence, outcome };
  }

  smalltalk(failed: number): TurnResult {
    const { assistant, turn } = this.#parts;
    const kind = this.#asked.said.smalltalk ?? 'greeting';
    return { ...this.#common(emptyDraft, failed), text: this.#introduced(smalltalk(this.#deps.ctx, kind, assistant, turn, this.#asked.textLocale)), confidence: 100, outcome: 'smalltalk' };
  }

  says(key: string, failed: number, draft: Draft = emptyDraft): TurnResult {
    return { ...this.#common(draft, failed), text: this.#introduced(this.#say(key)), sources: [], confidence: draft.confidence, outcome: 'unknown' };
  }

  async handedOver(draft: Draft, decision: Decision, failed: number): Promise<TurnResult> {
    const { assistant, turn, signal, writesSummary = false, now = new Date() } = this.#parts;
    const brand = await this.#deps.ctx.brands.get(turn.conversation.brandId);
    const told = draft.handOver?.summary || (writesSummary && draft.failure === null ? await writtenSummary(this.#deps.writer, assistant, turn, brand?.locale ?? turn.conversation.locale, signal) : '');
    const summary = [told, summarise({
      turn, question: this.#asked.text, sources: draft.sources.length > 0 ? draft.sources : draft.passages.slice(0, 3).map(({ title, url }) => ({ title, url })), tried: draft.tried,
      text: (key, values) => this.#deps.ctx.t(key, values ?? {}, brand?.locale ?? turn.conversation.locale),
    })].filter(Boolean).join('\n\n');
    const handOver = handOverOf({ assistant, decision, turn, locale: this.#asked.textLocale, now, summary, say: (key, values) => this.#say(key, values) });
    const text = draft.text === '' ? '' : this.#introduced(draft.text);
    if (text === '') handOver.message = this.#introduced(handOver.message ?? '');
    return { ...this.#common(draft, failed), text, sources: text === '' ? [] : draft.sources, confidence: draft.confidence, handOver, outcome: 'handed-over' };
  }

  #say(key: string, values: Record<string, string | number> = {}): string {
    return this.#deps.ctx.t(key, values, this.#asked.textLocale);
  }

  #introduced(text: string): string {
    return withIntroduction(this.#deps.ctx, this.#parts.assistant, this.#parts.turn, this.#asked.textLocale, text);
  }

  #common(draft: Draft, failed: number) {
    const passages = draft.passages.map(({ id, title, url, score, text }) => ({ id, title, url, score: Math.round(score * 1_000) / 1_000, excerpt: text.slice(0, 300) }));
    const notes = [...draft.notes, ...draft.tried];
    return {
      locale: this.#asked.locale, failed, prompt: draft.prompt,
      trace: { model: draft.model, promptVersion: this.#version, passages, inputTokens: draft.inputTokens, outputTokens: draft.outputTokens, costMicros: draft.costMicros, ...(notes.length > 0 ? { notes } : {}) },
    };
  }
}
