import { onScopeDispose, reactive } from 'vue';
import type { AssistAnswer, AssistBody } from '../../../../shared/assistants.ts';
import { assistantApi } from './assistant-api.ts';

export interface CopilotTask { body: AssistBody; text: string; answer: AssistAnswer | null; error: unknown; isRunning: boolean }

/** One request to an assistant at a time; a new one ends the one before. */
export function useCopilot(conversationId: () => string) {
  const state = reactive<{ task: CopilotTask | null }>({ task: null });
  let ends: AbortController | null = null;

  async function run(body: AssistBody): Promise<void> {
    ends?.abort();
    const own = new AbortController();
    ends = own;
    const task: CopilotTask = reactive({ body, text: '', answer: null, error: null, isRunning: true });
    state.task = task;
    try {
      for await (const line of assistantApi.assist(conversationId(), body, own.signal)) {
        if ('done' in line) Object.assign(task, { answer: line.done, text: line.done.text });
        else task.text += line.text;
      }
    } catch (error) {
      if (!own.signal.aborted) task.error = error;
    } finally {
      task.isRunning = false;
    }
  }
  function close(): void {
    ends?.abort();
    state.task = null;
  }
  onScopeDispose(close);
  return { state, run, close };
}
