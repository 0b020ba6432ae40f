import { useNow } from '@vueuse/core';
import { useTranslation } from 'i18next-vue';
import { useI18next } from '../../ui/use-i18next.ts';

const minute = 60_000;

/** How long something may still be decided: `5 h left`. */
export function useTimeLeft(): (iso: string) => string {
  const { t } = useTranslation('tools');
  const { locale } = useI18next();
  const now = useNow({ interval: 30_000 });
  return (iso) => {
    const left = Math.max(0, Date.parse(iso) - now.value.getTime());
    const isHours = left >= 60 * minute;
    const time = new Intl.NumberFormat(locale.value, { style: 'unit', unit: isHours ? 'hour' : 'minute', unitDisplay: 'short' }).format(Math.ceil(left / (isHours ? 60 * minute : minute)));
    return t('left', { time });
  };
}
