import { computed, type ComputedRef } from 'vue';
import { useTranslation } from 'i18next-vue';

/** The language on screen and which way it runs. */
export function useI18next(): { locale: ComputedRef<string>; direction: ComputedRef<'ltr' | 'rtl'> } {
  const { t, i18next } = useTranslation('settings');
  const locale = computed(() => (t('ui.close'), i18next.language || 'en'));
  return { locale, direction: computed(() => (i18next.dir(locale.value) === 'rtl' ? 'rtl' : 'ltr')) };
}
