import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { AnswerDelta, AnswerEnd } from '../../../../shared/assistants.ts';

/** An answer on its way: its pieces as far as they came one after the other. */
export interface ComingAnswer { runId: string; author: { id: string; name: string }; text: string; next: number }

/** Longer than any turn; and how long the message itself may come after its end. */
const lastsMs = 70_000;
const tailMs = 5_000;

/** What assistants are writing at this moment, by conversation. */
export const useAnswers = defineStore('inbox-answers', () => {
  const coming = reactive(new Map<string, ComingAnswer>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function endAfter(conversationId: string, ms: number): void {
    clearTimeout(timers.get(conversationId));
    timers.set(conversationId, setTimeout(() => coming.delete(conversationId), ms));
  }

  /** Pieces after a gap show nothing but that it writes: the message itself comes in any case. */
  function add({ conversationId, runId, index, text, author }: AnswerDelta): void {
    const known = coming.get(conversationId);
    const before = known?.runId === runId ? known : { text: '', next: 0 };
    const isWhole = before.next === index;
    coming.set(conversationId, { runId, author, text: isWhole ? before.text + text : '', next: isWhole ? index + 1 : -1 });
    endAfter(conversationId, lastsMs);
  }

  function end({ conversationId, messageId }: AnswerEnd): void {
    if (messageId === null) drop(conversationId);
    else if (coming.has(conversationId)) endAfter(conversationId, tailMs);
  }

  function drop(conversationId: string): void {
    clearTimeout(timers.get(conversationId));
    coming.delete(conversationId);
  }

  return { coming, add, end, drop };
});
