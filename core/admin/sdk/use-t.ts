import { useTranslation } from 'i18next-vue';

/** Texts of one plugin inside its components; follows the language on screen. */
export function useT(pluginId: string): (key: string, values?: Record<string, unknown>) => string {
  const { t } = useTranslation(`plugin.${pluginId}`);
  return (key, values = {}) => t(key, values);
}
