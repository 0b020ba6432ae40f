import { foldGerman } from './fold-word.ts';
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
  /** How many words from here on are a phrase, and the term that stands for it. */
  phrase?: { length: number; term: string };
}

interface Phrase { stems: readonly string[]; term: string }

/** The article and what is written together with it; the stemmer takes them for a part of some words. */
const arabicPrefix = /^(?:[وبكف]?ال|لل)(?=.{3})/;

function stemWord(word: string, language: string): string {
  if (language === 'de') return stemOf(foldGerman(word), language);
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
      const stems = wordsOf(entry).map(({ text }) => stemWord(text, language));
      const [first] = stems;
      if (stems.length < 2 || first === undefined || isPaired(entry)) continue;
      found.set(first, [...found.get(first) ?? [], { stems, term }].sort((a, b) => b.stems.length - a.stems.length));
    }
  }
  phrases.set(language, found);
  return found;
}

/** What an entry of the synonym list is indexed as: its stem, or for a phrase its words as one. */
export const termOfEntry = (entry: string, language: string): string => wordsOf(entry).map(({ text }) => stemWord(text, language)).join('');

export function analyse(text: string, language: string): Analysed[] {
  const words = wordsOf(text);
  const stems = words.map(({ text: word }) => (isPaired(word) ? word : stemWord(word, language)));
  const starts = phrasesOf(language);
  return words.map(({ text: word, joined }, index) => {
    const phrase = starts.get(stems[index] ?? '')?.find(({ stems: wanted }) => wanted.every((stem, offset) => stems[index + offset] === stem));
    const isEmpty = isStopWord(word, language) || (word.length < 2 && !/\d/.test(word) && !isPaired(word));
    return {
      word, isVague: isVague(word, language),
      terms: isEmpty ? [] : isPaired(word) ? pairsOf(word) : [stems[index] ?? word],
      ...(joined ? { joined: stemWord(joined, language) } : {}),
      ...(phrase ? { phrase: { length: phrase.stems.length, term: phrase.term } } : {}),
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
