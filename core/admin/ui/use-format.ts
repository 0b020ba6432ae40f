import { computed, type ComputedRef } from 'vue';
import { useI18next } from './use-i18next.ts';

export interface Format { date(iso: string): string; dateTime(iso: string): string; ago(iso: string): string; number(value: number): string; list(values: readonly string[]): string }

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** Dates, times and numbers as the language on screen writes them. */
export function useFormat(): ComputedRef<Format> {
  const { locale } = useI18next();
  return computed(() => {
    const date = new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' });
    const dateTime = new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' });
    const relative = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' });
    const number = new Intl.NumberFormat(locale.value);
    const list = new Intl.ListFormat(locale.value, { type: 'conjunction' });
    return {
      date: (iso) => date.format(new Date(iso)),
      dateTime: (iso) => dateTime.format(new Date(iso)),
      number: (value) => number.format(value),
      list: (values) => list.format(values),
      ago(iso) {
        const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
        const step = steps.find(([, size]) => Math.abs(seconds) >= size);
        return step ? relative.format(Math.round(seconds / step[1]), step[0]) : relative.format(0, 'minute');
      },
    };
  });
}
