import { readFileSync } from 'node:fs';

/** Languages in which phrases are known, by their files in `language/`. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'ru', 'ar', 'ja'] as const;
export type Language = (typeof languages)[number];

/**
 * One file of `language/`. A phrase is words in their order, `(a|b)` one of several and `[a]` left out at will. `alone` counts
 * only as the whole message; within `falseFriends` nothing is found; `negations` in front take a phrase back, unless one
 * of the `breakers` stands there too.
 */
export interface WordList {
  stop: string; greetings: string[]; thanks: string[]; goodbyes: string[]; fillers: string[]; human: string[]; alone: string[]; falseFriends: string[]; negations: string[]; breakers: string[];
  dissatisfied: string[]; strong: string; weak: string; pronouns: string;
}

const folder = new URL('../../language/', import.meta.url);
const read = new Map<Language, WordList>();

export function wordList(language: Language): WordList {
  const known = read.get(language) ?? JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as WordList;
  read.set(language, known);
  return known;
}

/** The language of a locale, where phrases are known for it. */
export const languageOf = (locale: string): Language | null => languages.find((language) => language === locale.split('-')[0]) ?? null;
