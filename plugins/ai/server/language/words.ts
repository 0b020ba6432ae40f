import snowball from 'snowball-stemmers';
import { stopWords } from './detect.ts';
import { fold } from './fold.ts';
import { languageOf, type Language } from './word-lists.ts';

const algorithms: Partial<Record<Language, string>> = {
  en: 'english', de: 'german', fr: 'french', es: 'spanish', it: 'italian', pt: 'portuguese', nl: 'dutch', tr: 'turkish', ru: 'russian', ar: 'arabic',
};
const stemmers = new Map<Language, (word: string) => string>();

function stemmer(language: Language): (word: string) => string {
  const known = stemmers.get(language);
  if (known) return known;
  const algorithm = algorithms[language];
  const library = algorithm ? snowball.newStemmer(algorithm) : null;
  // Without rules of its own a word's beginning stands for its forms.
  const made = library ? remembered((word) => fold(library.stem(word))) : language === 'pl' ? (word: string): string => word.slice(0, 6) : (word: string): string => word;
  stemmers.set(language, made);
  return made;
}

const mostRemembered = 20_000;

/** Snowball is slow in JavaScript and texts repeat their words. */
function remembered(stem: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= mostRemembered) known.clear();
    const made = word.length > 40 ? word : stem(word);
    known.set(word, made);
    return made;
  };
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Words of a text as they are compared, in their order, small words left out. Words of languages without spaces are found by the platform. */
export function contentWords(text: string, locale: string): string[] {
  const language = languageOf(locale) ?? 'en';
  const stops = stopWords(language);
  const stem = stemmer(language);
  return split(text, language).filter((word) => !stops.has(word) && (word.length > 1 || /\p{N}|\p{Script=Han}/u.test(word))).map((word) => (/\d/.test(word) ? word : stem(word))).filter(Boolean);
}

function split(text: string, language: Language): string[] {
  const folded = fold(text, language);
  if (!/[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/.test(folded)) return folded.split(' ').filter(Boolean);
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, segmenter);
  return [...segmenter.segment(folded)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** What is expressed in numbers: amounts, dates, times, versions. */
export const numbersIn = (text: string): string[] => [...text.normalize('NFKC').matchAll(/\d+(?:[.,:/-]\d+)*/g)].map(([number]) => number.replace(/[.,]0+$/, ''));
