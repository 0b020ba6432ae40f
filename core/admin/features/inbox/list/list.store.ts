import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import type { ConversationSummary } from '../../../../shared/conversations.ts';
import { queryClient } from '../../../api/query-client.ts';
import { readAgain } from '../../../api/read-again.ts';
import { useSession } from '../../../session/session.store.ts';
import { keys, type ConversationPages, type ListFilter } from '../inbox-api.ts';
import { firstPage, hasRow, patchRow, removeRows } from './list-cache.ts';
import { belongsTo } from './view-membership.ts';

/** What happens to the list on screen between two looks at the server. Nothing moves while the pointer is over it. */
export const useListState = defineStore('inbox-list', () => {
  const session = useSession();
  const filter = ref<ListFilter | null>(null);
  const openId = ref<string | null>(null);
  const isPointerOver = ref(false);
  /** Conversations that are new in this list and wait behind the "n new" bar. */
  const arrived = reactive(new Set<string>());
  /** Row that the keys are on. */
  const cursor = ref<string | null>(null);

  const me = () => session.operator?.id ?? '';
  const belongs = (row: ConversationSummary): boolean | null => (filter.value ? belongsTo(row, filter.value, me()) : null);

  function show(next: ListFilter): void {
    filter.value = next;
    arrived.clear();
    cursor.value = null;
  }

  /** What is told before the first look at the server is answered has no place to go to. */
  const isLoaded = (): boolean => filter.value === null || queryClient.getQueryData(keys.list(filter.value)) !== undefined;

  /** A conversation is as told: in its row if it has one, behind the bar if it is new here. */
  function apply(conversation: ConversationSummary): void {
    queryClient.setQueriesData<ConversationPages>({ queryKey: keys.lists }, (pages) => pages && patchRow(pages, conversation));
    if (!filter.value) return;
    const pages = queryClient.getQueryData<ConversationPages>(keys.list(filter.value));
    const isIn = belongs(conversation);
    if (isIn === true && pages && !hasRow(pages, conversation.id)) arrived.add(conversation.id);
    if (isIn === false) arrived.delete(conversation.id);
    if (pages?.pages[0]?.data.length === 0 && arrived.size > 0) void refresh();
    sweep();
  }

  function remove(conversationId: string): void {
    arrived.delete(conversationId);
    queryClient.setQueriesData<ConversationPages>({ queryKey: keys.lists }, (pages) => pages && removeRows(pages, ({ id }) => id === conversationId));
  }

  /** Takes out rows that no longer belong here, unless somebody is about to press one of them. */
  function sweep(): void {
    if (isPointerOver.value || !filter.value) return;
    queryClient.setQueryData<ConversationPages>(keys.list(filter.value), (pages) => pages && removeRows(pages, (row) => row.id !== openId.value && belongs(row) === false));
  }

  /** Looks again from the top. */
  async function refresh(): Promise<void> {
    arrived.clear();
    if (!filter.value) return;
    const key = keys.list(filter.value);
    queryClient.setQueryData<ConversationPages>(key, (pages) => pages && firstPage(pages));
    await readAgain(queryClient, key);
  }

  return { filter, openId, isPointerOver, arrived, cursor, show, isLoaded, belongs, apply, remove, sweep, refresh };
});
