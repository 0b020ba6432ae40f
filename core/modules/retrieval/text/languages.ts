import snowball from 'snowball-stemmers';

/** Snowball's algorithm by language. Others are compared as they are written, and by their beginnings. */
const algorithms: Readonly<Record<string, string>> = {
  ar: 'arabic', hy: 'armenian', eu: 'basque', ca: 'catalan', cs: 'czech', da: 'danish', nl: 'dutch', en: 'english', fi: 'finnish', fr: 'french', de: 'german', hu: 'hungarian',
  it: 'italian', ga: 'irish', no: 'norwegian', nb: 'norwegian', nn: 'norwegian', pt: 'portuguese', ro: 'romanian', ru: 'russian', es: 'spanish', sl: 'slovene', sv: 'swedish', ta: 'tamil', tr: 'turkish',
};
/** Written as one word what others write as several. */
const compounding = new Set(['de', 'nl', 'sv', 'da', 'no', 'nb', 'nn', 'fi', 'hu']);

type Stem = (word: string) => string;
const stems = new Map<string, Stem>();

/** `pt-BR` → `pt`. */
export const languageOf = (locale: string): string => (/^[a-z]{2,3}(?=$|[-_])/i.exec(locale)?.[0] ?? '').toLowerCase();
export const hasStemmer = (language: string): boolean => algorithms[language] !== undefined;
export const isCompounding = (language: string): boolean => compounding.has(language);

const longestStemmed = 40;

/** The word without its endings. Words come folded: small letters, no accents. */
export function stemOf(word: string, language: string): string {
  if (word.length > longestStemmed || /\d/.test(word)) return word;
  let stem = stems.get(language);
  if (!stem) stems.set(language, stem = remembered(language));
  return stem(word);
}

const mostRemembered = 20_000;

/** Snowball is slow in JavaScript and texts repeat their words, so a bounded number of them is remembered. */
function remembered(language: string): Stem {
  const algorithm = algorithms[language];
  if (algorithm === undefined) return (word) => word;
  const stemmer = snowball.newStemmer(algorithm);
  const known = new Map<string, string>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const stem = stemmer.stem(word) || word;
    if (known.size >= mostRemembered) known.clear();
    known.set(word, stem);
    return stem;
  };
}
