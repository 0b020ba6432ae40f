import { foldGerman } from './fold-word.ts';
import { regularForm } from './irregular-words.ts';
import { stemOf } from './languages.ts';
import { isStopWord, isVague } from './stop-words.ts';
import { synonymLists } from './synonyms.ts';
import { isPaired, pairsOf, segmentWords, wordsOf } from './words-of.ts';

/** One word of a text with what it is looked for by. */
export interface Analysed {
  word: string;
  /** Its stem first; signs that are written without spaces give several. Empty for a stop word. */
  terms: string[];
  joined?: string;
  isVague: boolean;
  /** A phrase that begins here: how far on its words stand, and the term that stands for it. */
  phrase?: { offsets: readonly number[]; term: string };
}

/** `gaps`: whether other words may come before a word of it. */
interface Phrase { stems: readonly string[]; gaps: readonly boolean[]; term: string }

const widestGap = 3;
export const gapMark = '…';

/** The article and what is written together with it; the stemmer takes them for a part of some words. */
const arabicPrefix = /^(?:[وبكف]?ال|لل)(?=.{3})/;

function stemWord(word: string, language: string): string {
  if (language === 'de') return stemOf(regularForm(foldGerman(word), language), language);
  if (language === 'en') return stemOf(regularForm(word, language), language);
  return stemOf(language === 'ar' ? word.replace(arabicPrefix, '') : word, language);
}

const phrases = new Map<string, Map<string, Phrase[]>>();

/** Phrases of the synonym list by the stem of their first word; the longest first. */
function phrasesOf(language: string): Map<string, Phrase[]> {
  const known = phrases.get(language);
  if (known) return known;
  const found = new Map<string, Phrase[]>();
  for (const list of synonymLists(language)) {
    const term = termOfEntry(list[0] ?? '', language);
    for (const entry of list) {
      const parts = entry.split(gapMark).map((part) => wordsOf(part).map(({ text }) => stemWord(text, language)));
      const stems = parts.flat();
      const gaps = parts.flatMap((part, index) => part.map((_, place) => index > 0 && place === 0));
      const [first] = stems;
      if (stems.length < 2 || first === undefined || isPaired(entry)) continue;
      found.set(first, [...found.get(first) ?? [], { stems, gaps, term }].sort((a, b) => b.stems.length - a.stems.length));
    }
  }
  phrases.set(language, found);
  return found;
}

/** Where the words of a phrase stand, counted from its first; null where one is missing. */
function placesOf({ stems: wanted, gaps }: Phrase, stems: readonly string[], from: number): number[] | null {
  const offsets = [0];
  for (let index = 1; index < wanted.length; index += 1) {
    const next = from + (offsets.at(-1) ?? 0) + 1;
    const found = stems.slice(next, next + 1 + (gaps[index] ? widestGap : 0)).indexOf(wanted[index] ?? '');
    if (found < 0) return null;
    offsets.push(next + found - from);
  }
  return offsets;
}

function phraseAt(starts: ReadonlyMap<string, Phrase[]>, stems: readonly string[], from: number): Analysed['phrase'] {
  for (const phrase of starts.get(stems[from] ?? '') ?? []) {
    const offsets = placesOf(phrase, stems, from);
    if (offsets) return { offsets, term: phrase.term };
  }
  return undefined;
}

/** What an entry of the synonym list is indexed as: its stem, or for a phrase its words as one. */
export const termOfEntry = (entry: string, language: string): string => wordsOf(entry).map(({ text }) => stemWord(text, language)).join('');

export function analyse(text: string, language: string): Analysed[] {
  const words = wordsOf(text);
  const stems = words.map(({ text: word }) => (isPaired(word) ? word : stemWord(word, language)));
  const starts = phrasesOf(language);
  return words.map(({ text: word, joined }, index) => {
    const phrase = phraseAt(starts, stems, index);
    const isEmpty = isStopWord(word, language) || (word.length < 2 && !/\d/.test(word) && !isPaired(word));
    return {
      word, isVague: isVague(word, language),
      terms: isEmpty ? [] : isPaired(word) ? pairsOf(word) : [stems[index] ?? word],
      ...(joined ? { joined: stemWord(joined, language) } : {}),
      ...(phrase ? { phrase } : {}),
    };
  });
}

/** The terms of a text to index, in their order. */
export function termsOf(text: string, language: string): string[] {
  return analyse(text, language).flatMap(({ terms, joined, phrase }) => [...terms, ...(joined ? [joined] : []), ...(phrase ? [phrase.term] : [])]);
}

/** As `analyse`, for questions: runs of signs come as the words of a dictionary, without the little ones. */
export function analyseQuestion(text: string, language: string): Analysed[] {
  return analyse(text, language).flatMap((item) => {
    if (!isPaired(item.word)) return [item];
    const parts = segmentWords(item.word, language || 'zh');
    return parts.map((word) => ({ word, isVague: isVague(word, language), terms: isStopWord(word, language) ? [] : pairsOf(word) }));
  });
}
