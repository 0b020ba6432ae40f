import { stopLists } from './stop-words.ts';
import { wordsOf } from './words-of.ts';

const scripts: readonly [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'], [/\p{Script=Hangul}/gu, 'ko'], [/\p{Script=Han}/gu, 'zh'], [/\p{Script=Arabic}/gu, 'ar'], [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Hebrew}/gu, 'he'], [/\p{Script=Greek}/gu, 'el'], [/\p{Script=Thai}/gu, 'th'], [/\p{Script=Tamil}/gu, 'ta'], [/\p{Script=Armenian}/gu, 'hy'], [/\p{Script=Devanagari}/gu, 'hi'],
];
const sample = 4_000;

/** The language that a text is most likely in, by its script and its little words; null when nothing tells. Between equals `preferred` wins. */
export function detectLanguage(text: string, preferred = ''): string | null {
  const head = text.slice(0, sample);
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  for (const [script, language] of scripts) if ((head.match(script)?.length ?? 0) > letters * (language === 'ja' ? 0.05 : 0.4)) return language;
  const counts = new Map<string, number>();
  for (const { text: word } of wordsOf(head)) for (const [language, words] of stopLists) if (words.has(word)) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (first && (counts.get(preferred) ?? 0) === first[1]) return preferred;
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}

