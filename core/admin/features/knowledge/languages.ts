import { computed, type ComputedRef } from 'vue';
import i18next from 'i18next';
import { useI18next } from '../../ui/use-i18next.ts';
import { useLocales } from '../settings/queries.ts';

/** Languages that people ask for in help centres, besides those of the desk. */
const customary = [
  'bg', 'bn', 'ca', 'cs', 'da', 'el', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb', 'nl',
  'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'ur', 'vi', 'zh', 'zh-TW',
];

export const directionOf = (locale: string): 'ltr' | 'rtl' => (i18next.dir(locale) === 'rtl' ? 'rtl' : 'ltr');

/** Languages of texts by name, in the language on screen. */
export function useLanguages(): { desk: ComputedRef<string[]>; every: ComputedRef<{ value: string; label: string }[]>; nameOf(locale: string): string } {
  const { locale: shown } = useI18next();
  const locales = useLocales();
  const names = computed(() => new Intl.DisplayNames([shown.value], { type: 'language' }));
  const nameOf = (locale: string): string => {
    try {
      const name = names.value.of(locale) ?? locale;
      return name.charAt(0).toLocaleUpperCase(shown.value) + name.slice(1);
    } catch {
      return locale;
    }
  };
  const desk = computed(() => (locales.data.value ?? []).map(({ id }) => id));
  return { desk, nameOf, every: computed(() => [...new Set([...desk.value, ...customary])].map((value) => ({ value, label: nameOf(value) }))) };
}
