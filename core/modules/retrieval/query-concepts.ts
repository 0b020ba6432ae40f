import { analyseQuestion, analyse, termOfEntry, type Analysed } from './text/analyse.ts';
import { detectLanguage } from './text/detect-language.ts';
import { cutTerm } from './text/encode-term.ts';
import { foldText } from './text/fold-word.ts';
import { languageOf } from './text/languages.ts';
import { synonymLists } from './text/synonyms.ts';

/** How a passage may say one notion of the question, and how much that counts. */
export interface Concept {
  /** As it was written, folded. */
  word: string;
  /** Term → 0…1. */
  variants: Map<string, number>;
  /** The terms that are the word itself, not something like it. */
  own: Set<string>;
  isVague: boolean;
  isNumber: boolean;
  /** Signs without spaces: one word gives several, which share its weight. */
  share: number;
  /** Written with a capital inside a sentence: a name, which is not mistyped for something else. */
  isName: boolean;
  /** No text has the word; what it may be mistyped for is looked for instead. */
  isGuessed: boolean;
}

export interface Question { text: string; language: string; concepts: Concept[] }

const longestQuery = 1_500;
const mostConcepts = 32;
const otherLanguages = 6;
/** `otherStem`: as another language would cut the word; where that takes several letters away, it may be another word. */
const weights = { otherStem: 0.9, cutStem: 0.6, joined: 1, synonym: 0.75, phrasePart: 0.7, translation: 0.6 };

/** What a question asks for, in the terms that passages may have. `languages`: those that there are texts in. */
export function readQuestion(query: string, locale: string | undefined, languages: readonly string[]): Question {
  const text = query.slice(0, longestQuery).replaceAll('\u0000', ' ').replace(/https?:\/\/\S+/g, ' ');
  const asked = languageOf(locale ?? '');
  const language = detectLanguage(text, asked) ?? (asked || languages[0] || 'en');
  const others = languages.filter((other) => other !== language).slice(0, otherLanguages);
  const words = analyseQuestion(text, language);
  const concepts: Concept[] = [];
  for (let index = 0; index < words.length && concepts.length < mostConcepts;) {
    const { phrase } = words[index] ?? {};
    if (phrase) {
      add(concepts, phraseConcept(words.slice(index, index + phrase.length), phrase.term, language, others));
      index += phrase.length;
    } else {
      for (const concept of wordConcepts(words[index], language, others)) add(concepts, concept);
      index += 1;
    }
  }
  const names = namesIn(text, language);
  for (const concept of concepts) concept.isName = names.has(concept.word);
  return { text, language, concepts };
}

/** German gives every noun a capital, so there it says nothing; nor does it where everything is in capitals. */
function namesIn(text: string, language: string): Set<string> {
  if (language === 'de' || !/\p{Ll}/u.test(text)) return new Set();
  return new Set([...text.matchAll(/(?<=[\p{Ll}\d,;] )\p{Lu}[\p{L}]+/gu)].map(([name]) => foldText(name)));
}

/** A word that is said twice is one notion. */
function add(concepts: Concept[], concept: Concept): void {
  if (concept.variants.size === 0) return;
  const [own] = concept.own;
  if (concepts.some((other) => own !== undefined && other.own.has(own))) return;
  concepts.push(concept);
}

function wordConcepts(item: Analysed | undefined, language: string, others: readonly string[]): Concept[] {
  if (!item || item.terms.length === 0) return [];
  return item.terms.map((term, index) => {
    const concept = conceptOf(item.word, [term], item.isVague, 1 / item.terms.length);
    if (item.joined) put(concept, item.joined, weights.joined);
    if (item.terms.length > 1) return concept;
    for (const other of others) for (const stem of analyse(item.word, other).flatMap(({ terms }) => terms)) put(concept, stem, item.word.length - stem.length < 2 ? weights.otherStem : weights.cutStem);
    if (index === 0) addSynonyms(concept, term, language, others);
    return concept;
  });
}

/** A phrase of the synonym list stands for one notion; its words alone speak of it less surely. */
function phraseConcept(items: readonly Analysed[], term: string, language: string, others: readonly string[]): Concept {
  const concept = conceptOf(items.map(({ word }) => word).join(' '), [term, items.map(({ terms }) => terms[0] ?? '').join('')], false, 1);
  for (const { terms, isVague } of items) if (!isVague) for (const part of terms) put(concept, part, weights.phrasePart);
  addSynonyms(concept, term, language, others);
  return concept;
}

const conceptOf = (word: string, own: string[], isVague: boolean, share: number): Concept => {
  const terms = own.filter(Boolean).map(cutTerm);
  return { word, own: new Set(terms), variants: new Map(terms.map((term) => [term, 1])), isVague, isNumber: /^\d+$/.test(word), share, isName: false, isGuessed: false };
};

export function put(concept: Concept, term: string, weight: number): void {
  const key = cutTerm(term);
  if (key && (concept.variants.get(key) ?? 0) < weight) concept.variants.set(key, weight);
}

/** Groups by the terms of their words, made once for each language. */
const groupsByTerm = new Map<string, Map<string, number[]>>();
function groupsOf(language: string): Map<string, number[]> {
  const known = groupsByTerm.get(language);
  if (known) return known;
  const found = new Map<string, number[]>();
  synonymLists(language).forEach((list, index) => {
    for (const term of new Set(list.map((entry) => termOfEntry(entry, language)))) found.set(term, [...found.get(term) ?? [], index]);
  });
  groupsByTerm.set(language, found);
  return found;
}

/** The terms of a group: single words as their stems; of phrases the first word of the list, which passages with the phrase are indexed under too. */
const groupTerms = (index: number, language: string): string[] => [...new Set((synonymLists(language)[index] ?? []).filter((entry, place) => place === 0 || !/[\s]/.test(entry)).map((entry) => termOfEntry(entry, language)))];

function addSynonyms(concept: Concept, term: string, language: string, others: readonly string[]): void {
  for (const group of groupsOf(language).get(term) ?? []) {
    for (const synonym of groupTerms(group, language)) put(concept, synonym, weights.synonym);
    for (const other of others) for (const translation of groupTerms(group, other)) put(concept, translation, weights.translation);
  }
}
