import { fold, withoutQuotes } from './fold.ts';
import { isUnspaced, phraseSource, spaced } from './phrase-pattern.ts';
import { languages, wordList, type Language } from './word-lists.ts';

/** What a message says besides its question. `language`: in which it was said. */
export interface Said { wantsHuman: boolean; isDissatisfied: boolean; smalltalk: 'greeting' | 'thanks' | 'goodbye' | null; language: Language | null }

interface Patterns { human: RegExp; alone: RegExp; falseFriends: RegExp; negation: RegExp; breaker: RegExp | null; dissatisfied: RegExp; greeting: RegExp; thanks: RegExp; goodbye: RegExp; only: RegExp; strong: Set<string>; weak: Set<string> }

const maxLength = 2_000;
/** How far in front of a phrase a negation counts. */
const reach = { words: 4, signs: 10 };
const compiled = new Map<Language, Patterns>();

function patternsOf(language: Language): Patterns {
  const known = compiled.get(language);
  if (known) return known;
  const list = wordList(language);
  const end = isUnspaced(language) ? '' : '(?= )';
  const anyOf = (phrases: string[]): string => `(?:${phrases.map((phrase) => phraseSource(phrase, language)).sort((a, b) => b.length - a.length).join('|')})${end}`;
  const whole = (phrases: string[]): RegExp => new RegExp(`^(?:${anyOf(phrases)})+ ?$`, 'u');
  const patterns: Patterns = {
    human: new RegExp(anyOf(list.human), 'gu'), alone: whole([...list.alone, 'please', 'bitte', 'pls']), falseFriends: new RegExp(anyOf(list.falseFriends), 'gu'),
    negation: new RegExp(anyOf(list.negations), 'u'), breaker: list.breakers.length > 0 ? new RegExp(anyOf(list.breakers), 'u') : null, dissatisfied: new RegExp(anyOf(list.dissatisfied), 'gu'),
    greeting: new RegExp(anyOf(list.greetings), 'u'), thanks: new RegExp(anyOf(list.thanks), 'u'), goodbye: new RegExp(anyOf(list.goodbyes), 'u'),
    only: whole([...list.greetings, ...list.thanks, ...list.goodbyes, ...list.fillers]),
    strong: new Set(list.strong.split(' ').map((word) => fold(word, language))), weak: new Set(list.weak.split(' ').map((word) => fold(word, language))),
  };
  compiled.set(language, patterns);
  return patterns;
}

/** What is said in any of the languages; people change language, and a browser's is often not theirs. The likely ones come first. */
export function listen(text: string, likely: readonly (Language | null)[] = []): Said {
  const own = withoutQuotes(text.slice(0, maxLength));
  const order = [...new Set([...likely, ...languages])].filter((language) => language !== null);
  const said: Said = { wantsHuman: false, isDissatisfied: false, smalltalk: null, language: null };
  for (const language of order) {
    const heard = hear(own, language);
    if (!heard.wantsHuman && !heard.isDissatisfied && !heard.smalltalk) continue;
    said.language ??= language;
    said.wantsHuman ||= heard.wantsHuman;
    said.isDissatisfied ||= heard.isDissatisfied;
    said.smalltalk ??= heard.smalltalk;
  }
  if (!said.smalltalk && isOnlySigns(own)) said.smalltalk = /[\u{1F44B}\u{1F64B}]/u.test(own) ? 'greeting' : 'thanks';
  return said;
}

function hear(text: string, language: Language): Omit<Said, 'language'> {
  const patterns = patternsOf(language);
  const clauses = text.split(/[.!?;:,\n。！？、]+/u).map((clause) => spaced(fold(clause, language), language)).filter((clause) => clause.trim() !== '');
  const masked = clauses.map((clause) => clause.replace(patterns.falseFriends, ' ▪'));
  const all = spaced(fold(text, language), language);
  const wantsHuman = masked.some((clause) => holds(clause, patterns.human, patterns)) || (patterns.alone.test(all) && !/^ ?(please|bitte|pls) ?$/.test(all));
  return { wantsHuman, isDissatisfied: masked.some((clause) => patterns.dissatisfied.test(reset(clause, patterns.dissatisfied))) || isAngry(text, masked, patterns, language), smalltalk: smalltalkIn(all, patterns) };
}

/** A global pattern remembers where it stopped. */
function reset(clause: string, pattern: RegExp): string {
  pattern.lastIndex = 0;
  return clause;
}

/** Does a phrase stand there that nothing in front of it takes back? */
function holds(clause: string, pattern: RegExp, { negation, breaker }: Patterns): boolean {
  for (const { index, 0: found } of clause.matchAll(pattern)) {
    const isSpaced = clause.startsWith(' ');
    const before = isSpaced ? `${clause.slice(0, index).split(' ').slice(-reach.words - 1).join(' ')} ` : clause.slice(Math.max(0, index - reach.signs), index);
    const after = isSpaced ? '' : clause.slice(index + found.length);
    const isNegated = negation.test(isSpaced ? ` ${before.trim()} ` : before + after) && !breaker?.test(` ${clause.slice(0, index + found.length).trim()} `);
    if (!isNegated) return true;
  }
  return false;
}

/** By single words: one that nobody says calmly, or two of the milder ones; shouting makes a mild one enough. */
function isAngry(text: string, clauses: readonly string[], { strong, weak, negation }: Patterns, language: Language): boolean {
  let mild = 0;
  for (const clause of clauses) {
    if (isUnspaced(language)) {
      if ([...strong].some((word) => clause.includes(word))) return true;
      mild += [...weak].filter((word) => clause.includes(word)).length;
      continue;
    }
    const words = clause.trim().split(' ');
    for (const [index, word] of words.entries()) {
      const isNegated = negation.test(` ${words.slice(Math.max(0, index - 2), index).join(' ')} `);
      if (isNegated) continue;
      if (strong.has(word)) return true;
      if (weak.has(word)) mild += 1;
    }
  }
  const letters = text.replace(/[^\p{L}]/gu, '');
  const isShouting = /!{2,}/.test(text) || (letters.length >= 12 && letters === letters.toUpperCase() && letters !== letters.toLowerCase());
  return mild >= 2 || (mild === 1 && isShouting);
}

function smalltalkIn(all: string, patterns: Patterns): Said['smalltalk'] {
  if (!patterns.only.test(all)) return null;
  return patterns.thanks.test(all) ? 'thanks' : patterns.greeting.test(all) ? 'greeting' : patterns.goodbye.test(all) ? 'goodbye' : null;
}

/** No letter and no number, but a sign such as a thumb. */
const isOnlySigns = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text) && /\p{Extended_Pictographic}/u.test(text);
