import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { Translate } from './translate.ts';

interface Formats { time: Intl.DateTimeFormat; date: Intl.DateTimeFormat; dateOfYear: Intl.DateTimeFormat; ago: Intl.RelativeTimeFormat }

const formatsOf = (locale: string): Formats => ({
  time: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
  date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
  dateOfYear: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
  ago: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' }),
});

const dayOf = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Times as a person reads them, in the widget's language and the browser's time zone. */
export class Moments {
  readonly #t: Translate;
  readonly #formats: ComputedRef<Formats>;

  constructor(locale: () => string, t: Translate) {
    this.#t = t;
    this.#formats = computed(() => formatsOf(locale()));
  }

  time(iso: string): string {
    return this.#formats.value.time.format(new Date(iso));
  }

  /** Heading over the messages of one day. */
  day(iso: string, now = new Date()): string {
    const date = new Date(iso);
    const days = Math.round((dayOf(now) - dayOf(date)) / 86_400_000);
    if (days === 0) return this.#t('day.today');
    if (days === 1) return this.#t('day.yesterday');
    return (date.getFullYear() === now.getFullYear() ? this.#formats.value.date : this.#formats.value.dateOfYear).format(date);
  }

  isSameDay(one: string, other: string): boolean {
    return dayOf(new Date(one)) === dayOf(new Date(other));
  }

  /** For a list: minutes, then the time, then the day. */
  short(iso: string, now = new Date()): string {
    const date = new Date(iso);
    const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
    if (minutes < 60) return this.#formats.value.ago.format(-Math.max(0, minutes), 'minute');
    return dayOf(now) === dayOf(date) ? this.time(iso) : this.day(iso, now);
  }
}
