import { useNow } from '@vueuse/core';
import { computed } from 'vue';
import { useI18next } from '../ui/use-i18next.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = useNow({ interval: 30_000 });

/** Times and sizes as the reader writes them. `ago` keeps itself current. */
export function useFormat() {
  const { locale } = useI18next();
  const time = computed(() => new Intl.DateTimeFormat(locale.value, { hour: 'numeric', minute: '2-digit' }));
  const date = computed(() => new Intl.DateTimeFormat(locale.value, { day: 'numeric', month: 'short' }));
  const dateOfYear = computed(() => new Intl.DateTimeFormat(locale.value, { day: 'numeric', month: 'short', year: 'numeric' }));
  const full = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'full', timeStyle: 'short' }));
  const relativeDay = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }));
  const weekday = computed(() => new Intl.DateTimeFormat(locale.value, { weekday: 'long', day: 'numeric', month: 'long' }));

  const unit = (value: number, name: 'minute' | 'hour' | 'day') => new Intl.NumberFormat(locale.value, { style: 'unit', unit: name, unitDisplay: name === 'minute' ? 'short' : 'narrow' }).format(value);
  const isThisYear = (at: Date) => at.getFullYear() === now.value.getFullYear();
  const shortDate = (iso: string) => (isThisYear(new Date(iso)) ? date.value : dateOfYear.value).format(new Date(iso));

  return {
    now,
    time: (iso: string) => time.value.format(new Date(iso)),
    date: shortDate,
    full: (iso: string) => full.value.format(new Date(iso)),
    /** `12 min`, `3 h`, `2 d`, then the date: how long ago something was. */
    age(iso: string): string {
      const past = Math.max(0, now.value.getTime() - Date.parse(iso));
      if (past < hour) return unit(Math.max(1, Math.floor(past / minute)), 'minute');
      if (past < day) return unit(Math.floor(past / hour), 'hour');
      return past < 7 * day ? unit(Math.floor(past / day), 'day') : shortDate(iso);
    },
    /** `today`, `yesterday`, else the day by name. */
    day(iso: string): string {
      const at = new Date(iso);
      const days = Math.round((startOfDay(at) - startOfDay(now.value)) / day);
      if (days >= -1 && days <= 0) return capital(relativeDay.value.format(days, 'day'), locale.value);
      return isThisYear(at) ? weekday.value.format(at) : dateOfYear.value.format(at);
    },
    bytes(size: number): string {
      const [value, name] = size < 1_000 ? [size, 'byte'] : size < 1_000_000 ? [size / 1_000, 'kilobyte'] : [size / 1_000_000, 'megabyte'];
      return new Intl.NumberFormat(locale.value, { style: 'unit', unit: name as string, unitDisplay: 'short', maximumFractionDigits: name === 'megabyte' ? 1 : 0 }).format(value as number);
    },
    number: (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale.value, options).format(value),
    list: (names: string[]) => new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(names),
    languageName: (code: string) => new Intl.DisplayNames([locale.value], { type: 'language' }).of(code) ?? code,
  };
}

const startOfDay = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
const capital = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
