import { computed, type ComputedRef, type Ref } from 'vue';
import { useInfiniteQuery } from '@tanstack/vue-query';
import { api, type Query } from '../sdk/api.ts';

export interface Pages<T> {
  rows: ComputedRef<T[] | undefined>;
  error: Readonly<Ref<unknown>>;
  isFetching: Readonly<Ref<boolean>>;
  hasMore: Readonly<Ref<boolean>>;
  isLoadingMore: Readonly<Ref<boolean>>;
  more(): void;
  refetch(): void;
}

/** A keyset list of the API, page by page. */
export function usePages<T>(key: string | readonly string[], path: string, query: () => Query = () => ({}), options: { /** Milliseconds until these rows are read again; false for never. */ pollAfter?: (rows: T[]) => number | false } = {}): Pages<T> {
  const pages = useInfiniteQuery({
    queryKey: [...(typeof key === 'string' ? [key] : key), computed(query)],
    queryFn: ({ pageParam, signal }) => api.get<{ data: T[]; nextCursor: string | null }>(path, { query: { ...query(), limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: ({ state }) => options.pollAfter?.(state.data?.pages.flatMap((page) => page.data) ?? []) ?? false,
  });
  return {
    rows: computed(() => pages.data.value?.pages.flatMap((page) => page.data)),
    error: pages.error,
    isFetching: pages.isFetching,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    more: () => void pages.fetchNextPage(),
    refetch: () => void pages.refetch(),
  };
}
