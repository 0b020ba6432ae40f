import type { PluginContext, ToolOutcome, TurnTool } from '@plugboard/sdk';
import type { LanguageModel, ModelMessage, ToolSet } from 'ai';
import type { Fence } from '../prompt/fence.ts';
import { costOf, estimateTokens, type Budgets } from './budgets.ts';
import { limits } from './model-limits.ts';
import { ModelProblem, problemOf } from './model-problem.ts';
import type { Model } from './model.schema.ts';
import type { ModelStore } from './model.store.ts';
import { handOverTool, runCall, toolSet, type CallDone } from './model-tools.ts';
import { languageModel } from './sdk-model.ts';
import { streamStep, type Step, type StepCall } from './stream-step.ts';

export interface WriteInput {
  /** Asked in this order until one answers. */
  modelIds: readonly string[];
  brandId: string;
  system: string;
  messages: ModelMessage[];
  fence: Fence;
  tools?: readonly TurnTool[];
  canHandOver?: boolean;
  signal: AbortSignal;
  maxOutputTokens?: number;
  onText?(text: string): Promise<void>;
  callTool?(name: string, input: unknown): Promise<ToolOutcome>;
}
export interface Written {
  text: string; model: Model; inputTokens: number; outputTokens: number; costMicros: number | null; calls: CallDone[];
  /** The model asked for a person, with what it wants them to know. */
  handOver: { summary: string } | null;
  notes: string[];
}

/** What one try has done that can't be taken back: after it nobody else begins anew. */
interface Progress { hasSpoken: boolean; hasActed: boolean; lost: Error | null; inputTokens: number; outputTokens: number; costMicros: number | null; calls: CallDone[] }

const pause = (ms: number, signal: AbortSignal): Promise<void> => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason as Error); }, { once: true });
});

/** Thrown when no model answered: why each did not, in order. */
export class NoModelAnswered extends Error {
  readonly notes: string[];
  readonly isOverBudget: boolean;
  readonly spent: Pick<Progress, 'inputTokens' | 'outputTokens' | 'costMicros' | 'calls'>;
  constructor(notes: string[], isOverBudget: boolean, spent: NoModelAnswered['spent']) {
    super(notes.join('; ') || 'there is no model');
    this.name = 'NoModelAnswered';
    this.notes = notes;
    this.isOverBudget = isOverBudget;
    this.spent = spent;
  }
}

/** Lets models write: one after the other, within budget, time and number of calls. */
export class Writer {
  readonly #ctx: Pick<PluginContext, 'http' | 'log'>;
  readonly #store: ModelStore;
  readonly #budgets: Budgets;

  constructor(ctx: Pick<PluginContext, 'http' | 'log'>, store: ModelStore, budgets: Budgets) {
    this.#ctx = ctx;
    this.#store = store;
    this.#budgets = budgets;
  }

  /** Those of the models that are there. */
  async usable(modelIds: readonly string[]): Promise<Model[]> {
    if (modelIds.length === 0) return [];
    const models = await this.#store.list();
    return modelIds.flatMap((id) => models.find((model) => model.id === id && model.kind === 'language') ?? []);
  }

  /** Throws `NoModelAnswered`, or what `onText` and `callTool` throw: then the turn is lost. */
  async write(input: WriteInput): Promise<Written> {
    const notes: string[] = [];
    const progress: Progress = { hasSpoken: false, hasActed: false, lost: null, inputTokens: 0, outputTokens: 0, costMicros: null, calls: [] };
    let isOverBudget = false;
    for (const model of await this.usable(input.modelIds)) {
      for (let attempt = 0; attempt < 2; attempt += 1) {
        try {
          const written = await this.#writeWith(model, input, progress);
          return { ...written, model, notes, ...spentOf(progress) };
        } catch (error) {
          if (progress.lost) throw progress.lost;
          if (input.signal.aborted) throw input.signal.reason;
          const problem = problemOf(error);
          isOverBudget ||= problem.kind === 'over-budget';
          notes.push(`${model.name}: ${problem.kind}`);
          this.#ctx.log.warn('a model did not answer', { model: model.name, problem: problem.kind, detail: problem.detail });
          // Two voices in one answer would be worse than another kind of answer.
          if (progress.hasSpoken || progress.hasActed) throw new NoModelAnswered(notes, isOverBudget, spentOf(progress));
          const wait = problem.retryAfterMs ?? 400;
          if (!problem.isPassing || wait > limits.retryMs) break;
          if (attempt === 0) await pause(wait, input.signal);
        }
      }
    }
    throw new NoModelAnswered(notes, isOverBudget, spentOf(progress));
  }

  async #writeWith(model: Model, input: WriteInput, progress: Progress): Promise<Pick<Written, 'text' | 'handOver'>> {
    const { tools = [], canHandOver = false } = input;
    const connection = await this.#store.connection(model.connectionId);
    if (!connection) throw new ModelProblem('address');
    const speaker = await languageModel(this.#ctx.http, { kind: connection.kind, baseUrl: connection.baseUrl, apiKey: await this.#store.keyOf(connection) }, model.model);
    const set = tools.length > 0 || canHandOver ? await toolSet(tools, canHandOver) : null;
    const messages = [...input.messages];
    for (;;) {
      const step = await this.#step(speaker, model, { ...input, messages }, set, progress);
      if (step.calls.length === 0) {
        if (step.text.trim() === '') throw new ModelProblem('empty');
        return { text: step.text, handOver: null };
      }
      const asked = step.calls.find(({ name, isInvalid }) => name === handOverTool && !isInvalid);
      if (asked && canHandOver) return { text: '', handOver: { summary: summaryIn(asked.input) } };
      if (progress.calls.length + step.calls.length > limits.toolCalls) throw new ModelProblem('too-many-calls');
      messages.push(...step.messages, { role: 'tool', content: await this.#run(step.calls, input, progress) });
    }
  }

  async #run(calls: readonly StepCall[], { tools = [], callTool, fence }: WriteInput, progress: Progress) {
    const results = [];
    for (const call of calls) {
      const done = await runCall(call, tools, async (name, value) => {
        progress.hasActed = true;
        if (!callTool) return { status: 'refused', reason: 'tools are not called here' };
        return callTool(name, value).catch((error: unknown) => { throw progress.lost = error as Error; });
      }, fence);
      progress.calls.push(done);
      results.push({ type: 'tool-result' as const, toolCallId: call.id, toolName: call.name, output: { type: 'text' as const, value: done.text } });
    }
    return results;
  }

  /** One call within the budget: what it may cost is held before, what it did cost is counted after. */
  async #step(speaker: LanguageModel, model: Model, input: WriteInput, tools: ToolSet | null, progress: Progress): Promise<Step> {
    const maxOutputTokens = Math.min(model.maxOutputTokens, input.maxOutputTokens ?? model.maxOutputTokens);
    const inputTokens = estimateTokens(input.system) + estimateTokens(JSON.stringify(input.messages));
    const most = costOf(model, { inputTokens, outputTokens: maxOutputTokens });
    const hold = most === null ? null : await this.#budgets.hold(input.brandId, most);
    if (most !== null && hold === null) throw new ModelProblem('over-budget');
    let spoken = '';
    let usage = { inputTokens: 0, outputTokens: 0 };
    try {
      const step = await streamStep({
        model: speaker, system: input.system, messages: input.messages, maxOutputTokens, temperature: model.temperature, signal: input.signal, ...(tools ? { tools } : {}),
        onText: async (text) => {
          spoken += text;
          if (!input.onText) return;
          progress.hasSpoken = true;
          await input.onText(text).catch((error: unknown) => { throw progress.lost = error as Error; });
        },
      });
      usage = step.usage ?? { inputTokens, outputTokens: estimateTokens(step.text + JSON.stringify(step.calls)) };
      return step;
    } catch (error) {
      // What was made before it broke off is paid for too.
      if (spoken) usage = { inputTokens, outputTokens: estimateTokens(spoken) };
      throw error;
    } finally {
      const cost = costOf(model, usage);
      progress.inputTokens += usage.inputTokens;
      progress.outputTokens += usage.outputTokens;
      if (cost !== null) progress.costMicros = (progress.costMicros ?? 0) + cost;
      if (hold) await this.#budgets.settle(hold, cost ?? 0);
    }
  }
}

const spentOf = ({ inputTokens, outputTokens, costMicros, calls }: Progress): NoModelAnswered['spent'] => ({ inputTokens, outputTokens, costMicros, calls });

function summaryIn(input: unknown): string {
  const summary = typeof input === 'object' && input !== null ? (input as { summary?: unknown }).summary : undefined;
  return typeof summary === 'string' ? summary.slice(0, 1_500) : '';
}
