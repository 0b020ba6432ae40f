import { useQueryClient } from '@tanstack/vue-query';
import { useTranslation } from 'i18next-vue';
import { useRouter } from 'vue-router';
import type { SourceDto } from '../../../../shared/knowledge.ts';
import { api, ApiError } from '../../../sdk/api.ts';
import { confirm } from '../../../ui/confirm.ts';
import type { MenuEntry } from '../../../ui/menu.ts';
import { useAction } from '../../../ui/use-action.ts';
import { refresh } from '../knowledge-api.ts';
import { isWorking } from './source-kinds.ts';

/** What can be done with a source, from the list and from its page. */
export function useSourceActions() {
  const { t } = useTranslation('knowledge');
  const { t: ui } = useTranslation('settings');
  const queryClient = useQueryClient();
  const router = useRouter();
  const { busy, act } = useAction();
  const run = async (source: SourceDto, work: () => Promise<unknown>, done?: string) => {
    const result = await act(source.id, async () => { await work(); return true; }, done);
    await refresh(queryClient, 'sources');
    return result === true;
  };

  /** A switch has no text that somebody else could have changed: it is set over whatever is there. */
  const setEnabled = (source: SourceDto, isEnabled: boolean) => run(source, async () => {
    try {
      await api.patch(`/knowledge-sources/${source.id}`, { isEnabled, version: source.version });
    } catch (error) {
      if (!(error instanceof ApiError && error.problem.code === 'stale')) throw error;
      await api.patch(`/knowledge-sources/${source.id}`, { isEnabled });
    }
  }, t(isEnabled ? 'sources.switchedOn' : 'sources.switchedOff', { name: source.name }));
  const readNow = (source: SourceDto) => run(source, () => api.post(`/knowledge-sources/${source.id}/runs`));
  const stop = (source: SourceDto) => run(source, () => api.delete(`/knowledge-sources/${source.id}/runs`), t('sources.stopped'));
  async function remove(source: SourceDto): Promise<void> {
    const isSure = await confirm({ title: t('sources.removeTitle', { name: source.name }), text: t(`sources.removeText.${source.kind}`, { passages: t('sources.passages', { count: source.passageCount }) }), confirm: ui('ui.delete'), danger: true });
    if (!isSure) return;
    const isGone = await run(source, () => api.delete(`/knowledge-sources/${source.id}`), t('sources.removed', { name: source.name }));
    if (isGone && router.currentRoute.value.params.id === source.id) await router.push({ name: 'knowledge-sources' });
  }
  const canRun = (source: SourceDto) => source.kind !== 'guidance' && source.isEnabled;
  const menuOf = (source: SourceDto): MenuEntry[] => [
    ...(canRun(source) ? [isWorking(source)
      ? { label: t('sources.stop'), icon: 'pause', select: () => void stop(source) }
      : { label: t('sources.readNow'), icon: 'refresh', select: () => void readNow(source) }] : []),
    { label: t(source.isEnabled ? 'sources.switchOff' : 'sources.switchOn'), icon: source.isEnabled ? 'eye-off' : 'eye', select: () => void setEnabled(source, !source.isEnabled) },
    'line',
    { label: ui('ui.delete'), icon: 'trash', danger: true, select: () => void remove(source) },
  ];
  return { busy, setEnabled, readNow, stop, remove, menuOf, canRun };
}
