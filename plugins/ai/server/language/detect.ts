import { fold } from './fold.ts';
import { languages, wordList, type Language } from './word-lists.ts';

const scripts: [RegExp, Language][] = [[/[\u3040-\u30ff]/gu, 'ja'], [/[\u0600-\u06ff]/gu, 'ar'], [/[\u0400-\u04ff]/gu, 'ru']];
const stops = new Map<Language, Set<string>>();

export function stopWords(language: Language): Set<string> {
  const known = stops.get(language) ?? new Set(wordList(language).stop.split(' ').flatMap((word) => fold(word, language).split(' ')));
  stops.set(language, known);
  return known;
}

/** Which language a text is in, by its script and its small words; null when it does not tell. */
export function detect(text: string): Language | null {
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  for (const [script, language] of scripts) if ((text.match(script) ?? []).length * 3 > letters && letters > 1) return language;
  const scores = languages.map((language) => {
    const words = fold(text, language).split(' ').filter(Boolean).slice(0, 200);
    return { language, hits: words.filter((word) => stopWords(language).has(word)).length / Math.max(1, words.length), count: words.length };
  }).sort((a, b) => b.hits - a.hits);
  const [first, second] = scores;
  if (!first || !second || first.count < 2 || first.hits < 0.2 || first.hits - second.hits < 0.08) return null;
  return first.language;
}
