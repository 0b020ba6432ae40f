import { useInfiniteQuery } from '@tanstack/vue-query';
import { computed, watch } from 'vue';
import { inboxApi, keys, type ConversationPages, type ListFilter } from '../inbox-api.ts';
import { rowsOf } from './list-cache.ts';
import { useListState } from './list.store.ts';

/** Rows of a list, page by page. */
export function useConversationList(filter: () => ListFilter) {
  const state = useListState();
  watch(filter, (next, before) => { if (JSON.stringify(next) !== JSON.stringify(before)) state.show(next); }, { immediate: true });
  const query = useInfiniteQuery({
    queryKey: computed(() => keys.list(filter())),
    queryFn: ({ pageParam, signal }) => inboxApi.list(filter(), pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 15_000,
  });
  const rows = computed(() => rowsOf(query.data.value as ConversationPages | undefined));
  return { ...query, rows };
}
