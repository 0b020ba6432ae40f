import { computed, onScopeDispose } from 'vue';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query';
import type { PluginDto, PluginHealthDto, PluginSettingsDto } from '../../../shared/plugins.ts';
import { readAgain } from '../../api/read-again.ts';
import { socket } from '../../realtime/socket.ts';
import { api } from '../../sdk/api.ts';

/** How long what a process last said counts as news; a lost hint costs no more than this. */
const refetchInterval = 10_000;

/** Follows `plugins:changed` while a screen about plugins is open. */
function useLive(): void {
  const queryClient = useQueryClient();
  const onChange = () => void readAgain(queryClient, ['plugins']);
  socket.on('plugins:changed', onChange);
  onScopeDispose(() => socket.off('plugins:changed', onChange));
}

export function usePlugins() {
  useLive();
  return useQuery({ queryKey: ['plugins', 'list'], queryFn: async ({ signal }) => (await api.get<{ data: PluginDto[] }>('/plugins', { signal })).data, refetchInterval });
}

export function usePlugin(id: () => string) {
  useLive();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: computed(() => ['plugins', 'one', id()]),
    queryFn: ({ signal }) => api.get<PluginDto>(`/plugins/${id()}`, { signal }),
    placeholderData: () => queryClient.getQueryData<PluginDto[]>(['plugins', 'list'])?.find((plugin) => plugin.id === id()),
    refetchInterval,
  });
}

export const usePluginHealth = (id: () => string) => useQuery({
  queryKey: computed(() => ['plugins', 'health', id()]), queryFn: ({ signal }) => api.get<PluginHealthDto>(`/plugins/${id()}/health`, { signal }), refetchInterval,
});

export const usePluginSettings = (id: () => string, brandId: () => string) => useQuery({
  queryKey: computed(() => ['plugin-settings', id(), brandId()]),
  queryFn: ({ signal }) => api.get<PluginSettingsDto>(`/plugins/${id()}/settings`, { query: { brandId: brandId() }, signal }),
  refetchOnReconnect: false,
});

/** Puts the answer of the switch on screen before the next refetch. */
export function showPlugin(queryClient: QueryClient, plugin: PluginDto): void {
  queryClient.setQueryData<PluginDto[]>(['plugins', 'list'], (old) => old?.map((entry) => (entry.id === plugin.id ? plugin : entry)));
  queryClient.setQueryData(['plugins', 'one', plugin.id], plugin);
}
