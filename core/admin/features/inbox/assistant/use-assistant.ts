import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useTranslation } from 'i18next-vue';
import type { AssistantState } from '../../../../shared/assistants.ts';
import type { ConversationDetail } from '../../../../shared/conversations.ts';
import { ApiError } from '../../../sdk/api.ts';
import { useSession } from '../../../session/session.store.ts';
import { problemText } from '../../../ui/problem.ts';
import { toast } from '../../../ui/toast.ts';
import { keys } from '../inbox-api.ts';
import { assistantApi, assistantKeys } from './assistant-api.ts';

/** Assistants that are there now; nobody is asked where none is. */
export function useAssistants() {
  const session = useSession();
  return useQuery({ queryKey: assistantKeys.all, queryFn: async () => (await assistantApi.list()).data, staleTime: 60_000, enabled: () => session.operator !== null });
}

/** Who speaks for the desk in a conversation, and how that is changed. */
export function useSpeaker(conversation: () => ConversationDetail) {
  const { t } = useTranslation('admin');
  const { t: ui } = useTranslation('settings');
  const queries = useQueryClient();
  const id = computed(() => conversation().id);
  const state = useQuery({ queryKey: computed(() => assistantKeys.state(id.value)), queryFn: () => assistantApi.state(id.value) });

  async function set(next: AssistantState, assistantId?: string): Promise<void> {
    const { version } = conversation();
    try {
      queries.setQueryData(keys.conversation(id.value), await assistantApi.set(id.value, { version, state: next, ...(assistantId ? { assistantId } : {}) }));
      toast.done(t(`assistant.said.${next}`));
    } catch (error) {
      const present = error instanceof ApiError && error.problem.code === 'stale' ? (error.problem as unknown as { conversation?: ConversationDetail }).conversation : undefined;
      if (present) queries.setQueryData(keys.conversation(id.value), present);
      toast.failed(t('inbox.changeFailed'), { detail: problemText(error, ui) });
    } finally {
      void queries.invalidateQueries({ queryKey: assistantKeys.of(id.value) });
    }
  }
  return { state, set };
}
