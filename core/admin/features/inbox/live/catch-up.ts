import type { QueryClient } from '@tanstack/vue-query';
import type { ConversationDetail, ConversationSummary } from '../../../../shared/conversations.ts';
import { ask } from '../../../realtime/socket.ts';
import { keys, type ThreadData } from '../inbox-api.ts';
import { useListState } from '../list/list.store.ts';
import { lastSeqOf, mergeMessages } from '../thread/thread-cache.ts';

/**
 * Fetches what a thread on this page lacks, from its end or from `afterSeq` on. That a thread is whole and in order comes
 * from here, never from the events. A sync that fails is made up for by the next one.
 */
export async function catchUpThread(queries: QueryClient, conversationId: string, afterSeq?: number): Promise<void> {
  const thread = queries.getQueryData<ThreadData>(keys.thread(conversationId));
  if (!thread) return;
  const answer = await ask('sync', { conversationId, afterSeq: afterSeq ?? lastSeqOf(thread) }).catch(() => null);
  if (!answer) return;
  if (answer.tooFar) return queries.resetQueries({ queryKey: keys.thread(conversationId) });
  queries.setQueryData<ThreadData>(keys.thread(conversationId), (present) => present && mergeMessages(present, answer.messages));
  applyConversation(queries, answer.conversation);
}

/** Newer knowledge about a conversation, for every place that shows it. */
export function applyConversation(queries: QueryClient, conversation: ConversationSummary): void {
  queries.setQueryData<ConversationDetail>(keys.conversation(conversation.id), (present) =>
    present && conversation.changeVersion >= present.changeVersion ? { ...present, ...conversation } : present);
  useListState().apply(conversation);
}
