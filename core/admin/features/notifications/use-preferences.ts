import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { useDebounceFn } from '@vueuse/core';
import { useTranslation } from 'i18next-vue';
import { computed } from 'vue';
import type { NotificationPreferences, PushSubscriptionDto } from '../../../shared/notifications.ts';
import { api } from '../../sdk/api.ts';
import { problemText } from '../../ui/problem.ts';
import { toast } from '../../ui/toast.ts';

const path = '/notification-preferences';
const key = ['notification-preferences'];

/** One's own choice of notifications. It takes effect as it is chosen; one that could not be kept goes back to what is. */
export function usePreferences() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const query = useQuery({ queryKey: key, queryFn: () => api.get<NotificationPreferences>(path), staleTime: Infinity });

  const save = useDebounceFn(async () => {
    try {
      await api.put(path, client.getQueryData(key));
    } catch (error) {
      toast.failed(problemText(error, t));
      await client.invalidateQueries({ queryKey: key });
    }
  }, 500);
  const change = (next: Partial<NotificationPreferences>): void => {
    client.setQueryData<NotificationPreferences>(key, (present) => present && { ...present, ...next });
    void save();
  };
  return { query, preferences: computed(() => query.data.value), change };
}

export const pushKey = ['push-subscriptions'];
export const usePushSubscriptions = () =>
  useQuery({ queryKey: pushKey, queryFn: () => api.get<{ key: string; data: PushSubscriptionDto[] }>('/push-subscriptions') });
