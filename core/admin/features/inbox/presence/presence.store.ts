import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import type { PresenceEntry } from '../../../../shared/realtime.ts';
import { ask, socket, tell } from '../../../realtime/socket.ts';
import { useSession } from '../../../session/session.store.ts';

const typingMs = 6_000;

/** Who else is in the open conversation, and whether its contact writes. */
export const usePresence = defineStore('inbox-presence', () => {
  const session = useSession();
  const watched = ref<string | null>(null);
  const operators = ref<PresenceEntry[]>([]);
  const typingContacts = reactive(new Set<string>());
  const onlineContacts = reactive(new Map<string, boolean>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const others = computed(() => operators.value.filter(({ operatorId }) => operatorId !== session.operator?.id));
  const writers = computed(() => others.value.filter(({ isTyping }) => isTyping));
  const lookers = computed(() => others.value.filter(({ isTyping }) => !isTyping));
  const isContactTyping = computed(() => watched.value !== null && typingContacts.has(watched.value));

  async function watch(conversationId: string | null): Promise<void> {
    if (watched.value && watched.value !== conversationId) tell('conversation:unwatch', { conversationId: watched.value });
    if (watched.value !== conversationId) operators.value = [];
    watched.value = conversationId;
    if (conversationId === null || !socket.connected) return;
    const answer = await ask('conversation:watch', { conversationId }).catch(() => null);
    if (answer && watched.value === conversationId) operators.value = answer.operators;
  }

  function setOperators(conversationId: string, present: PresenceEntry[]): void {
    if (conversationId === watched.value) operators.value = present;
  }

  /** Ends by itself, should the end of the typing get lost. */
  function setTyping(conversationId: string, isTyping: boolean): void {
    clearTimeout(timers.get(conversationId));
    if (!isTyping) return void typingContacts.delete(conversationId);
    typingContacts.add(conversationId);
    timers.set(conversationId, setTimeout(() => typingContacts.delete(conversationId), typingMs));
  }

  return { watched, others, writers, lookers, typingContacts, onlineContacts, isContactTyping, watch, setOperators, setTyping };
});
