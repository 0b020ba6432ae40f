import type { LanguageModel, ModelMessage, ToolSet } from 'ai';
import { limits } from './model-limits.ts';
import { ModelProblem, problemOf } from './model-problem.ts';

export interface StepInput {
  model: LanguageModel;
  system: string;
  messages: ModelMessage[];
  tools?: ToolSet;
  maxOutputTokens: number;
  temperature: number;
  signal: AbortSignal;
  /** How long the first piece may take; 15 s unless told. */
  firstMs?: number;
  onText?(text: string): Promise<void> | void;
}
export interface StepCall { id: string; name: string; input: unknown; isInvalid: boolean }
export interface Usage { inputTokens: number; outputTokens: number }
export interface Step { text: string; calls: StepCall[]; usage: Usage | null; messages: ModelMessage[] }

/** One call of a model, whole or a `ModelProblem`: a text that breaks off is no answer. */
export async function streamStep(input: StepInput): Promise<Step> {
  const { streamText } = await import('ai');
  const late = new AbortController();
  const expire = (): void => late.abort(new ModelProblem('timeout', 'no piece came in time'));
  let timer = setTimeout(expire, input.firstMs ?? limits.firstMs);
  const step: Step = { text: '', calls: [], usage: null, messages: [] };
  let isWhole = false;
  try {
    const result = streamText({
      model: input.model, system: input.system, messages: input.messages, maxOutputTokens: input.maxOutputTokens, temperature: input.temperature, maxRetries: 0,
      abortSignal: AbortSignal.any([input.signal, late.signal]), onError: () => {}, ...(input.tools ? { tools: input.tools } : {}),
    });
    for await (const part of result.fullStream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') break;
      if (part.type !== 'start' && part.type !== 'start-step') {
        clearTimeout(timer);
        timer = setTimeout(expire, limits.idleMs);
      }
      if (part.type === 'text-delta') {
        step.text += part.text;
        if (step.text.length > limits.answerChars) throw new ModelProblem('endless', 'the answer does not end');
        if (part.text) await input.onText?.(part.text);
      } else if (part.type === 'tool-call') {
        step.calls.push({ id: part.toolCallId, name: part.toolName, input: part.input, isInvalid: 'invalid' in part && part.invalid === true });
      } else if (part.type === 'finish-step') {
        // Without a reason to end the connection was cut; at the bound of tokens the text is half an answer.
        isWhole = part.rawFinishReason !== undefined && part.finishReason !== 'length';
        step.usage = usageOf(part.usage);
      }
    }
    input.signal.throwIfAborted();
    late.signal.throwIfAborted();
    if (!isWhole) throw new ModelProblem(step.text || step.calls.length > 0 ? 'cut' : 'empty', 'the stream ended early');
    step.messages = (await result.response).messages;
    return step;
  } catch (error) {
    if (input.signal.aborted) throw input.signal.reason;
    throw late.signal.aborted ? late.signal.reason : problemOf(error);
  } finally {
    clearTimeout(timer);
    late.abort();
  }
}

/** Endpoints that do not count, or count nonsense, are estimated by the caller. */
function usageOf({ inputTokens, outputTokens }: { inputTokens?: number | undefined; outputTokens?: number | undefined }): Usage | null {
  const isCount = (count: number | undefined): count is number => Number.isSafeInteger(count) && (count as number) >= 0;
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null;
}
