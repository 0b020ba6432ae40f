import { useTranslation } from 'i18next-vue';
import { loadTexts } from '../../../i18n/i18n.ts';

/** Texts of a plugin's manifest: by key where the plugin's texts are there, else as they were answered. */
export function usePluginText(pluginId: string): (text: string | undefined) => string {
  const { t } = useTranslation('settings');
  loadTexts(`plugin.${pluginId}`).catch(() => undefined);
  return (text) => (text === undefined ? '' : t(`plugin.${pluginId}:${text}`, { defaultValue: text }));
}
