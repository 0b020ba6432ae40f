import type { AssistantTurn } from '@plugboard/sdk';
import { cleanOutput } from '../answering/clean-output.ts';
import type { Assistant } from '../assistants/assistant.schema.ts';
import type { Writer } from '../models/writer.ts';
import { assistPrompt } from '../prompt/assist-prompt.ts';

/** The person waits for the hand-over, so the summary may not take long. */
const mostMs = 8_000;

/** What a colleague needs to know, written by the assistant's model; empty where there is none or it does not answer in time. */
export async function writtenSummary(writer: Writer, assistant: Pick<Assistant, 'id' | 'modelIds'>, turn: AssistantTurn, locale: string, signal: AbortSignal): Promise<string> {
  if (turn.messages.length < 2 || (await writer.usable(assistant.modelIds)).length === 0) return '';
  const { system, messages, fence } = assistPrompt({ kind: 'summarise', assistantId: assistant.id, operatorId: '', turn, locale }, []);
  try {
    const written = await writer.write({ modelIds: assistant.modelIds, brandId: turn.conversation.brandId, system, messages, fence, maxOutputTokens: 300, signal: AbortSignal.any([signal, AbortSignal.timeout(mostMs)]) });
    return cleanOutput(written.text, new Set()).text.slice(0, 2_000);
  } catch (error) {
    if (signal.aborted) throw error;
    return '';
  }
}
