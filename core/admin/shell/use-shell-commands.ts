import { useTranslation } from 'i18next-vue';
import { useRouter } from 'vue-router';
import { useCommands, type Command } from '../commands/registry.ts';
import { locales } from '../i18n/locales.ts';
import { useSession } from '../session/session.store.ts';
import type { Mode } from '../theme/mode.ts';
import { isHelpOpen, isPaletteOpen } from './overlays.ts';
import { useRailEntries } from './rail-entries.ts';
import { useSignOut } from './use-sign-out.ts';

const modeIcons: Record<Mode, string> = { system: 'monitor', light: 'sun', dark: 'moon' };

/** What can be done from every screen. */
export function useShellCommands(): void {
  const { t } = useTranslation('admin');
  const router = useRouter();
  const session = useSession();
  const signOut = useSignOut();
  const { main, end } = useRailEntries();

  useCommands(() => [
    { id: 'palette', title: t('shell.commands.palette'), group: 'view', icon: 'command', keys: ['Mod+k'], inEditor: true, isKeyOnly: true, run: () => { isPaletteOpen.value = true; } },
    { id: 'help', title: t('shell.shortcuts'), group: 'view', icon: 'keyboard', keys: ['?'], run: () => { isHelpOpen.value = true; } },
    ...[...main.value, ...end.value].map((entry): Command => ({
      id: `go:${entry.id}`, title: t('shell.commands.go', { name: entry.label }), group: 'go', icon: entry.icon, ...(entry.keys ? { keys: [entry.keys] } : {}), run: () => void router.push(entry.to),
    })),
    { id: 'go:profile', title: t('shell.commands.go', { name: t('shell.profile') }), group: 'go', icon: 'user', run: () => void router.push('/settings/profile') },
    ...(['system', 'light', 'dark'] as const).map((mode): Command => ({
      id: `mode:${mode}`, title: t('shell.commands.mode', { name: t(`shell.mode.${mode}`) }), group: 'view', icon: modeIcons[mode], run: () => session.prefer({ mode }),
    })),
    ...locales.map((locale): Command => ({
      id: `locale:${locale.code}`, title: t('shell.commands.language', { name: locale.name }), group: 'view', icon: 'language', keywords: 'language sprache لغة', run: () => session.prefer({ locale: locale.code }),
    })),
    { id: 'sign-out', title: t('shell.signOut'), group: 'view', icon: 'sign-out', run: () => void signOut() },
  ]);
}
