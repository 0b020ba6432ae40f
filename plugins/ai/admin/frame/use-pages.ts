import { useProblemText, toast, type Query } from '@plugboard/admin-sdk';
import { computed, ref, shallowRef, watch } from 'vue';
import { ai } from '../api.ts';
import type { Page } from '../types.ts';
import { useLoad } from './use-load.ts';

/** A list of the plugin, page by page; another filter begins anew. */
export function usePages<T extends { id: string }>(path: string, filter: () => Query) {
  const problemText = useProblemText();
  const cursor = shallowRef<string | null>(null);
  const isLoadingMore = ref(false);
  const { data, error, isLoading, load } = useLoad(async () => {
    const page = await ai.get<Page<T>>(path, { query: { ...filter(), limit: 30 } });
    cursor.value = page.nextCursor;
    return page.data;
  });
  watch(() => JSON.stringify(filter()), () => {
    data.value = undefined;
    void load();
  });
  async function more(): Promise<void> {
    if (cursor.value === null || isLoadingMore.value) return;
    isLoadingMore.value = true;
    const before = data.value;
    try {
      const page = await ai.get<Page<T>>(path, { query: { ...filter(), limit: 30, cursor: cursor.value } });
      if (data.value !== before) return;
      data.value = [...before ?? [], ...page.data];
      cursor.value = page.nextCursor;
    } catch (failure) {
      toast.failed(problemText(failure));
    } finally {
      isLoadingMore.value = false;
    }
  }
  return { rows: data, error, isLoading, load, more, hasMore: computed(() => cursor.value !== null), isLoadingMore };
}
