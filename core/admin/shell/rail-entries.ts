import { computed, type ComputedRef } from 'vue';
import { useTranslation } from 'i18next-vue';
import { usePendingCount } from '../features/tools/tools-api.ts';
import { usePluginMenu } from '../plugin-host/registry.ts';
import { useSession } from '../session/session.store.ts';

/** `count`: how much waits there. */
export interface RailEntry { id: string; label: string; icon: string; to: string; keys?: string; count?: number }

const settingsAbilities = ['settings.manage', 'assistants.manage', 'people.manage', 'tokens.manage', 'audit.view'];

/** Where this person can go, the pages of plugins included. */
export function useRailEntries(): { main: ComputedRef<RailEntry[]>; end: ComputedRef<RailEntry[]> } {
  const { t } = useTranslation('admin');
  const session = useSession();
  const pluginMenu = usePluginMenu('main');
  const pending = usePendingCount();
  const main = computed<RailEntry[]>(() => [
    { id: 'inbox', label: t('shell.inbox'), icon: 'inbox', to: '/inbox', keys: 'g i' },
    ...(session.can('tools.approve') ? [{ id: 'approvals', label: t('shell.approvals'), icon: 'shield-check', to: '/approvals', keys: 'g d', count: pending.value }] : []),
    ...(session.can('knowledge.view') ? [{ id: 'knowledge', label: t('shell.knowledge'), icon: 'book', to: '/knowledge', keys: 'g k' }] : []),
    ...pluginMenu.value.filter((item) => !item.ability || session.can(item.ability))
      .map((item) => ({ id: `${item.pluginId}:${item.id}`, label: t(`plugin.${item.pluginId}:${item.label}`), icon: item.icon ?? 'plug', to: item.to })),
  ]);
  const end = computed<RailEntry[]>(() => [
    ...(session.can('plugins.manage') ? [{ id: 'plugins', label: t('shell.plugins'), icon: 'plug', to: '/plugins', keys: 'g p' }] : []),
    ...(settingsAbilities.some(session.can) ? [{ id: 'settings', label: t('shell.settings'), icon: 'settings', to: '/settings', keys: 'g ,' }] : []),
  ]);
  return { main, end };
}
