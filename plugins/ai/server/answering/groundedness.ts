import { contentWords, numbersIn } from '../language/words.ts';

/**
 * How far an answer stands on what it was given, 0…100: the share of its words that are found there. A number or a date that
 * stands nowhere weighs more than any word: that is what people rely on. Words of whoever `asked` may be repeated, and prove
 * nothing: an answer of nothing else stands on nothing.
 */
export function groundedness(answer: string, grounds: readonly string[], locale: string, asked: readonly string[] = []): number {
  const all = [...new Set(contentWords(answer, locale))].filter((word) => !/^\d/.test(word));
  const known = new Set(contentWords(grounds.join('\n'), locale));
  const repeated = new Set(contentWords(asked.join('\n'), locale));
  const words = all.filter((word) => known.has(word) || !repeated.has(word));
  const text = [...grounds, ...asked].join('\n');
  const share = all.length === 0 ? 1 : words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length;
  // A good answer also has words of its own: three quarters are as good as all.
  const score = Math.min(100, Math.round((share / 0.75) * 100));
  const numbers = new Set(numbersIn(text));
  // Numbers of a list's lines are no claims.
  const claimed = numbersIn(answer.replace(/^\s*\d+[.)]\s/gm, '').replace(/\[\d+\]/g, ''));
  return claimed.every((number) => numbers.has(number)) ? score : Math.min(score, 30);
}
