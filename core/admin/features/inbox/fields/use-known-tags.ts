import { useQueryClient } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import { keys, type ConversationPages } from '../inbox-api.ts';
import { rowsOf } from '../list/list-cache.ts';
import { openField } from './open-field.ts';

/** Tags in use on the conversations that are loaded here, most used first. */
export function useKnownTags(): ComputedRef<string[]> {
  const queries = useQueryClient();
  return computed(() => {
    if (!openField.tags) return [];
    const uses = new Map<string, number>();
    for (const [, pages] of queries.getQueriesData<ConversationPages>({ queryKey: keys.lists })) {
      for (const tag of rowsOf(pages).flatMap((row) => row.tags)) uses.set(tag, (uses.get(tag) ?? 0) + 1);
    }
    return [...uses].sort((a, b) => b[1] - a[1]).map(([tag]) => tag).slice(0, 100);
  });
}
