import type { QueryClient } from '@tanstack/vue-query';
import { useDebounceFn } from '@vueuse/core';
import type { MessageDto } from '@plugboard/sdk';
import { readAgain, readAgainIfReading } from '../../../api/read-again.ts';
import type { ConversationDetail } from '../../../../shared/conversations.ts';
import type { OperatorServerEvents } from '../../../../shared/realtime.ts';
import type { OperatorSocket } from '../../../realtime/socket.ts';
import { assistantKeys } from '../assistant/assistant-api.ts';
import { useAnswers } from '../assistant/answers.store.ts';
import { useOutbox } from '../composer/outbox.store.ts';
import { keys, type ThreadData } from '../inbox-api.ts';
import { useListState } from '../list/list.store.ts';
import { usePresence } from '../presence/presence.store.ts';
import { lastSeqOf, mergeMessages } from '../thread/thread-cache.ts';
import { applyConversation, catchUpThread } from './catch-up.ts';

const periodMs = 90_000;

/** Lets the events of the socket into what the inbox has loaded, and asks for what was missed. */
export function bindInbox(socket: OperatorSocket, queries: QueryClient): { catchUp(): void; stop(): void } {
  const presence = usePresence();
  const refreshCounts = useDebounceFn(() => readAgain(queries, keys.counts), 400, { maxWait: 2_000 });
  const readListAgain = useDebounceFn(() => readAgain(queries, keys.lists), 200, { maxWait: 1_000 });
  const handlers = handlersFor(queries, { counts: () => void refreshCounts(), list: () => void readListAgain() });
  for (const [event, handle] of Object.entries(handlers)) socket.on(event as keyof typeof handlers, handle as () => void);

  const syncThread = () => {
    if (presence.watched && socket.connected) void catchUpThread(queries, presence.watched);
  };
  const look = () => {
    queries.removeQueries({ queryKey: ['thread'], type: 'inactive' });
    if (!useListState().isPointerOver) void readAgain(queries, keys.lists);
    syncThread();
    void refreshCounts();
  };
  const onVisible = () => { if (document.visibilityState === 'visible' && socket.connected) look(); };
  const timer = setInterval(() => {
    syncThread();
    void refreshCounts();
  }, periodMs);
  document.addEventListener('visibilitychange', onVisible);

  return {
    catchUp() {
      void presence.watch(presence.watched);
      useOutbox().retryUnsent();
      look();
    },
    stop() {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

function handlersFor(queries: QueryClient, missed: { counts(): void; list(): void }): Partial<OperatorServerEvents> {
  const list = useListState();
  const presence = usePresence();
  const answers = useAnswers();
  const onMessage = (event: { conversationId: string; message: MessageDto }) => addMessage(queries, event.conversationId, event.message);
  return {
    'conversation:changed': ({ conversation }) => {
      applyConversation(queries, conversation);
      readAgainIfReading(queries, keys.conversation(conversation.id));
      if (!list.isLoaded()) missed.list();
    },
    'conversation:removed': ({ conversationId }) => {
      list.remove(conversationId);
      void readAgain(queries, keys.conversation(conversationId));
    },
    'message:new': onMessage,
    'message:changed': onMessage,
    'read:changed': ({ conversationId, contactReadSeq }) => {
      queries.setQueryData<ConversationDetail>(keys.conversation(conversationId), (present) => present && { ...present, contactReadSeq });
      readAgainIfReading(queries, keys.conversation(conversationId));
    },
    typing: ({ conversationId, isTyping }) => presence.setTyping(conversationId, isTyping),
    presence: ({ conversationId, operators }) => presence.setOperators(conversationId, operators),
    'contact:changed': ({ contactId }) => void readAgain(queries, keys.contact(contactId)),
    'contact:presence': ({ contactId, isOnline }) => void presence.onlineContacts.set(contactId, isOnline),
    'answer:delta': (delta) => answers.add(delta),
    'answer:end': (end) => answers.end(end),
    'assistant:changed': ({ conversationId }) => void readAgain(queries, assistantKeys.of(conversationId)),
    'counts:changed': missed.counts,
  };
}

/** Something between the last known message and this one is missing: it is asked for. Notes may be missing for good. */
function addMessage(queries: QueryClient, conversationId: string, message: MessageDto): void {
  if (message.author.type === 'assistant') useAnswers().drop(conversationId);
  const thread = queries.getQueryData<ThreadData>(keys.thread(conversationId));
  if (!thread) return readAgainIfReading(queries, keys.thread(conversationId));
  const lastSeq = lastSeqOf(thread);
  queries.setQueryData<ThreadData>(keys.thread(conversationId), mergeMessages(thread, [message]));
  if (message.author.type === 'contact') usePresence().setTyping(conversationId, false);
  if (message.seq > lastSeq + 1) void catchUpThread(queries, conversationId, lastSeq);
}
