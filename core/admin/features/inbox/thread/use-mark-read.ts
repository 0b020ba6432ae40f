import { useDebounceFn, useDocumentVisibility } from '@vueuse/core';
import { useQueryClient } from '@tanstack/vue-query';
import { watch, type Ref } from 'vue';
import type { ConversationDetail } from '../../../../shared/conversations.ts';
import { inboxApi, keys } from '../inbox-api.ts';
import { useListState } from '../list/list.store.ts';

/** Read is what was on screen: the end of the thread, in a window that is in front. */
export function useMarkRead(conversation: () => ConversationDetail, lastSeq: Ref<number>, isAtEnd: Ref<boolean>): void {
  const queries = useQueryClient();
  const list = useListState();
  const visibility = useDocumentVisibility();

  const mark = useDebounceFn(async (id: string, seq: number) => {
    if (conversation().id !== id || visibility.value !== 'visible') return;
    await inboxApi.read(id, seq).catch(() => undefined);
    queries.setQueryData<ConversationDetail>(keys.conversation(id), (detail) => detail && { ...detail, readSeq: Math.max(detail.readSeq, seq), isUnread: detail.lastSeq > seq && detail.isUnread });
    const detail = queries.getQueryData<ConversationDetail>(keys.conversation(id));
    if (detail) list.apply(detail);
  }, 350);

  watch(() => [conversation().id, lastSeq.value, isAtEnd.value, visibility.value] as const, ([id, seq, atEnd, seen]) => {
    if (atEnd && seen === 'visible' && (seq > conversation().readSeq || conversation().isUnread)) void mark(id, seq);
  }, { immediate: true });
}
