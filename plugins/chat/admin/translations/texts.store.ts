import { api } from '@plugboard/admin-sdk';
import { reactive } from 'vue';
import { placeholderFault, type PlaceholderFault } from './placeholders.ts';
import type { TextChanges } from '../editor/draft.ts';

/** One text of the widget in one language. `shipped` is null where the desk has none: English stands in. */
export interface TextEntry { key: string; english: string; shipped: string | null; own: string | null; placeholders: string[] }
export interface LocaleCount { locale: string; isShipped: boolean; ownCount: number; missingCount: number }

export interface TextStore {
  /** By language, once they were read. */
  entries: Map<string, TextEntry[]>;
  failures: Map<string, unknown>;
  counts: LocaleCount[];
  load(locale: string): Promise<void>;
  /** What a visitor reads, the changes on top. Empty while it is not known. */
  shown(locale: string, key: string): string;
  /** The widget's own text, changed or saved; empty when it is as shipped. */
  own(locale: string, entry: TextEntry): string;
  set(locale: string, entry: TextEntry, text: string): void;
  /** What is wrong with changed texts, by their path in the form. */
  faults(changes: TextChanges): Record<string, PlaceholderFault>;
  /** Changed texts of a language as a preview takes them. */
  drafts(locale: string): Record<string, string>;
  save(changes: TextChanges): Promise<void>;
}

/** Texts of a widget, read as they are needed. What is typed lives in the form (`changes`) until it is saved. */
export function createTextStore(widgetId: string, firstCounts: readonly LocaleCount[], changes: () => TextChanges): TextStore {
  const entries = reactive(new Map<string, TextEntry[]>());
  const failures = reactive(new Map<string, unknown>());
  const counts = reactive<LocaleCount[]>([...firstCounts]);
  const path = `/widgets/${widgetId}/translations`;
  const find = (locale: string, key: string) => entries.get(locale)?.find((entry) => entry.key === key);
  const behind = (entry: TextEntry) => entry.shipped ?? entry.english;
  /** What was sent is saved; what was typed meanwhile is not. */
  const forget = (locale: string, sent: Record<string, string>) => {
    const all = changes();
    const left = Object.fromEntries(Object.entries(all[locale] ?? {}).filter(([key, text]) => sent[key] !== text));
    if (Object.keys(left).length > 0) all[locale] = left;
    else delete all[locale];
  };
  const own = (locale: string, entry: TextEntry) => changes()[locale]?.[entry.key] ?? entry.own ?? '';

  return {
    entries, failures, counts, own,
    async load(locale) {
      if (entries.has(locale)) return;
      failures.delete(locale);
      try {
        entries.set(locale, (await api.get<{ entries: TextEntry[] }>(`${path}/${locale}`)).entries);
      } catch (error) {
        failures.set(locale, error);
      }
    },
    shown(locale, key) {
      const entry = find(locale, key) ?? find('en', key);
      return entry ? own(locale, entry) || behind(entry) : '';
    },
    set(locale, entry, text) {
      const all = changes();
      const mine = { ...all[locale] };
      if (text === (entry.own ?? '')) delete mine[entry.key];
      else mine[entry.key] = text;
      if (Object.keys(mine).length > 0) all[locale] = mine;
      else delete all[locale];
    },
    faults(all) {
      const found: Record<string, PlaceholderFault> = {};
      for (const [locale, texts] of Object.entries(all)) {
        for (const [key, text] of Object.entries(texts)) {
          const fault = text.trim() === '' ? null : placeholderFault(key, text, find(locale, key)?.english ?? '');
          if (fault) found[`texts.${locale}.${key}`] = fault;
        }
      }
      return found;
    },
    drafts(locale) {
      return Object.fromEntries(Object.entries(changes()[locale] ?? {}).flatMap(([key, text]) => {
        const entry = find(locale, key);
        return entry ? [[key, text.trim() === '' ? behind(entry) : text]] : [];
      }));
    },
    async save(all) {
      for (const [locale, texts] of Object.entries(all)) {
        const body = { texts: Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.trim() === '' ? null : text])) };
        const saved = await api.put<{ entries: TextEntry[] }>(`${path}/${locale}`, body).catch((error: unknown) => { throw withLocale(error, locale); });
        entries.set(locale, saved.entries);
        const ownCount = saved.entries.filter((entry) => entry.own !== null).length;
        const missingCount = saved.entries.filter((entry) => entry.own === null && entry.shipped === null).length;
        const count = counts.find((entry) => entry.locale === locale);
        if (count) Object.assign(count, { ownCount, missingCount });
        else counts.push({ locale, isShipped: false, ownCount, missingCount });
        forget(locale, texts);
      }
    },
  };
}

/** A refusal names keys; the form's paths have the language before them. */
function withLocale(error: unknown, locale: string): unknown {
  if (typeof error !== 'object' || error === null || !('problem' in error)) return error;
  const { problem } = error as { problem: { errors?: { path: string }[] } };
  for (const entry of problem.errors ?? []) entry.path = entry.path.replace(/^(body\.)?texts\./, `texts.${locale}.`);
  return error;
}
