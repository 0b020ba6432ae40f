import { onScopeDispose, watch } from 'vue';
import { tell } from '../../../realtime/socket.ts';
import type { DraftKind } from './drafts.store.ts';

const everyMs = 3_000;
const idleMs = 5_000;

/** Tells colleagues, and of a reply the contact, that somebody is writing; and that the writing has ended. */
export function useTypingSignal(conversationId: () => string, kind: () => DraftKind) {
  let told: { id: string; kind: DraftKind; at: number } | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(idle);
    if (told) tell('typing', { conversationId: told.id, isTyping: false, kind: told.kind });
    told = null;
  }
  function typed(isEmpty: boolean): void {
    if (isEmpty) return stop();
    clearTimeout(idle);
    idle = setTimeout(stop, idleMs);
    if (told && told.id === conversationId() && told.kind === kind() && Date.now() - told.at < everyMs) return;
    told = { id: conversationId(), kind: kind(), at: Date.now() };
    tell('typing', { conversationId: told.id, isTyping: true, kind: told.kind });
  }

  watch([conversationId, kind], stop);
  onScopeDispose(stop);
  return { typed, stop };
}
