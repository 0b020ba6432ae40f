import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, ref, watch } from 'vue';
import { socket } from '../../../realtime/socket.ts';
import { inboxApi, keys, type ThreadData } from '../inbox-api.ts';
import { catchUpThread } from '../live/catch-up.ts';
import { prependMessages } from './thread-cache.ts';

/** A conversation with the loaded end of its thread; nothing for an empty id. The socket keeps both current. */
export function useThread(conversationId: () => string) {
  const queries = useQueryClient();
  const isOpen = () => conversationId() !== '';
  const conversation = useQuery({ queryKey: computed(() => keys.conversation(conversationId())), queryFn: ({ signal }) => inboxApi.conversation(conversationId(), signal), enabled: isOpen });
  const thread = useQuery({ queryKey: computed(() => keys.thread(conversationId())), queryFn: ({ signal }) => inboxApi.newest(conversationId(), signal), staleTime: Number.POSITIVE_INFINITY, enabled: isOpen });
  const isLoadingOlder = ref(false);
  const olderFailed = ref(false);

  watch(conversationId, (id) => {
    olderFailed.value = false;
    if (id && socket.connected) void catchUpThread(queries, id);
  }, { immediate: true });

  async function loadOlder(): Promise<void> {
    const id = conversationId();
    const first = thread.data.value?.messages[0]?.seq;
    if (isLoadingOlder.value || first === undefined || !thread.data.value?.hasOlder) return;
    isLoadingOlder.value = true;
    olderFailed.value = false;
    try {
      const { data, hasMore } = await inboxApi.older(id, first);
      queries.setQueryData<ThreadData>(keys.thread(id), (present) => present && prependMessages(present, data, hasMore));
    } catch {
      olderFailed.value = true;
    } finally {
      isLoadingOlder.value = false;
    }
  }

  return { conversation, thread, isLoadingOlder, olderFailed, loadOlder };
}
