import { ref } from 'vue';
import { useTranslation } from 'i18next-vue';
import { useQueryClient } from '@tanstack/vue-query';
import type { PluginDto } from '../../../shared/plugins.ts';
import { api } from '../../sdk/api.ts';
import { confirm } from '../../ui/confirm.ts';
import { problemText } from '../../ui/problem.ts';
import { toast } from '../../ui/toast.ts';
import { showPlugin } from './queries.ts';
import { failureText, stateOf } from './plugin-state.ts';

/** The switch: asks for consent where it is missing, waits until the change took effect, and tells what each process answered. */
export function useActivation(plugin: () => PluginDto) {
  const { t } = useTranslation('settings');
  const queryClient = useQueryClient();
  const isBusy = ref(false);
  const isAsking = ref(false);
  const error = ref<string | null>(null);
  const needsConsent = () => plugin().permissions.some((id) => !plugin().consented.includes(id)) || (plugin().claims.length > 0 && plugin().consented.length === 0 && plugin().desired === 'inactive' && plugin().permissions.length > 0);

  async function set(active: boolean, consent?: string[]): Promise<void> {
    isBusy.value = true;
    error.value = null;
    const { id, name } = plugin();
    try {
      await api.put(`/plugins/${id}/activation`, { active, ...(consent === undefined ? {} : { consent }) });
      isAsking.value = false;
      const now = await api.get<PluginDto>(`/plugins/${id}`);
      showPlugin(queryClient, now);
      const { failures } = stateOf(now, t);
      if (active && failures.length > 0) toast.failed(t('plugins.partly', { name }), { detail: failures.map((failure) => failureText(failure, t)).join('\n') });
      else toast.done(t(active ? 'plugins.switchedOn' : 'plugins.switchedOff', { name }));
    } catch (failure) {
      if (isAsking.value) error.value = problemText(failure, t);
      else toast.failed(problemText(failure, t));
    } finally {
      isBusy.value = false;
      await queryClient.invalidateQueries({ queryKey: ['plugins'] });
    }
  }

  async function toggle(active: boolean): Promise<void> {
    if (isBusy.value) return;
    error.value = null;
    if (active && needsConsent()) {
      isAsking.value = true;
      return;
    }
    if (!active && plugin().category === 'channel'
      && !await confirm({ title: t('plugins.offTitle', { name: plugin().name }), text: t('plugins.offChannelText'), confirm: t('plugins.switchOff') })) return;
    await set(active);
  }

  return { isBusy, isAsking, error, toggle, agree: () => set(true, plugin().permissions), cancel: () => { isAsking.value = false; } };
}
