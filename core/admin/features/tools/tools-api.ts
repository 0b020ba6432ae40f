import { useQuery, type QueryClient } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import type { ToolCallDto, ToolDto } from '../../../shared/tools.ts';
import { loadTexts } from '../../i18n/i18n.ts';
import { api } from '../../sdk/api.ts';
import { useSession } from '../../session/session.store.ts';
import { readAll } from '../settings/queries.ts';

/** Everything about calls is read again when one of them changes. */
export const callKeys = { all: ['tool-calls'] as const, counts: ['tool-calls', 'counts'] as const, open: ['tool-calls', 'open'] as const, of: (conversationId: string) => ['tool-calls', 'of', conversationId] as const };
export const toolKeys = ['tools'] as const;

/** The texts of these screens come with the first of them. */
export const withTexts = <T>(load: () => Promise<T>) => async (): Promise<T> => (await Promise.all([load(), loadTexts('tools')]))[0];

export const useTools = () => useQuery({ queryKey: toolKeys, queryFn: ({ signal }) => readAll<ToolDto>('/tools', signal) });

/** How many calls wait for this person. */
export function usePendingCount(): ComputedRef<number> {
  const session = useSession();
  const counts = useQuery({ queryKey: callKeys.counts, queryFn: ({ signal }) => api.get<{ pending: number }>('/tool-calls/counts', { signal }), enabled: () => session.can('tools.approve') });
  return computed(() => counts.data.value?.pending ?? 0);
}

type Calls = { data: ToolCallDto[] };
const list = (query: Record<string, string | number>, signal: AbortSignal) => api.get<Calls>('/tool-calls', { query: { limit: 100, ...query }, signal });

/** What waits, the longest first; and writes whose end nobody knows, as long as they can be run again. */
export const useOpenCalls = () => useQuery({
  queryKey: callKeys.open,
  async queryFn({ signal }) {
    const [waiting, failed] = await Promise.all([list({ status: 'pending' }, signal), list({ status: 'failed', effect: 'write', limit: 30 }, signal)]);
    return { waiting: waiting.data.toReversed(), unclear: failed.data.filter(({ may }) => may.decide) };
  },
});

export const useCallsOf = (conversationId: () => string) => useQuery({
  queryKey: computed(() => callKeys.of(conversationId())),
  queryFn: async ({ signal }) => (await list({ status: 'pending', conversationId: conversationId(), limit: 20 }, signal)).data.toReversed(),
});

export const decide = (id: string, approve: boolean, reason?: string) => api.post<ToolCallDto>(`/tool-calls/${id}/decision`, { approve, ...(reason ? { reason } : {}) });
export const forgetCalls = (queries: QueryClient) => queries.invalidateQueries({ queryKey: callKeys.all });
