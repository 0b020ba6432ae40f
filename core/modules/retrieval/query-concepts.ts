import { analyseQuestion, analyse, termOfEntry, type Analysed } from './text/analyse.ts';
import { detectLanguage } from './text/detect-language.ts';
import { cutTerm } from './text/encode-term.ts';
import { foldText } from './text/fold-word.ts';
import { languageOf } from './text/languages.ts';
import { isLight } from './text/light-words.ts';
import { editDistance } from './text/edit-distance.ts';
import { isInUnion, unionWords } from './text/countries.ts';
import { countryPlace, synonymLists } from './text/synonyms.ts';

/** How a passage may say one notion of the question, and how much that counts. */
export interface Concept {
  /** As it was written, folded. */
  word: string;
  /** Term → 0…1. */
  variants: Map<string, number>;
  /** The terms that are the word itself, not something like it. */
  own: Set<string>;
  isVague: boolean;
  /** That no passage has it says little. */
  isLight: boolean;
  /** `my shoes`: what may be done with it is told of without naming it. */
  isOwned: boolean;
  /** What it is like if it is mistyped for a word of the lexicon. */
  ifMistyped: Map<string, number>;
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
const weights = { otherStem: 0.9, cutStem: 0.55, joined: 1, synonym: 0.75, phrasePart: 0.78, translation: 0.72, union: 0.7, mistyped: 0.85 };

/** What a question asks for, in the terms that passages may have. `languages`: those that there are texts in. */
export function readQuestion(query: string, locale: string | undefined, languages: readonly string[]): Question {
  const text = query.slice(0, longestQuery).replaceAll('\u0000', ' ').replace(/https?:\/\/\S+/g, ' ');
  const asked = languageOf(locale ?? '');
  const language = detectLanguage(text, asked) ?? (asked || languages[0] || 'en');
  const others = languages.filter((other) => other !== language).slice(0, otherLanguages);
  const words = analyseQuestion(text, language);
  const concepts = readConcepts(words, language, others);
  const names = namesIn(text, language);
  const owned = ownedThings(words, language);
  for (const concept of concepts) {
    concept.isName = concept.word.split(' ').some((word) => names.has(word));
    concept.isLight = !concept.isName && isLight(concept.word, language);
    concept.isOwned = !concept.isName && owned.has(concept.word);
  }
  return { text, language, concepts };
}

function readConcepts(words: readonly Analysed[], language: string, others: readonly string[]): Concept[] {
  const concepts: Concept[] = [];
  const taken = new Set<number>();
  for (const [index, { phrase }] of words.entries()) {
    if (concepts.length >= mostConcepts) break;
    if (taken.has(index)) continue;
    const places = phrase?.offsets.map((offset) => index + offset);
    if (phrase && places?.every((place) => !taken.has(place))) {
      for (const place of places) taken.add(place);
      add(concepts, phraseConcept(places.flatMap((place) => words[place] ?? []), phrase.term, language, others));
    } else for (const concept of wordConcepts(words[index], language, others)) add(concepts, concept);
  }
  return concepts;
}

/** German gives every noun a capital, so there it says nothing; nor does it where everything is in capitals. */
function namesIn(text: string, language: string): Set<string> {
  if (language === 'de' || !/\p{Ll}/u.test(text)) return new Set();
  return new Set([...text.matchAll(/(?<=[\p{Ll}\d,;] )\p{Lu}[\p{L}]+/gu)].map(([name]) => foldText(name)));
}

const possessives: Readonly<Record<string, readonly string[]>> = {
  en: ['my', 'our'], de: ['mein', 'meine', 'meinen', 'meinem', 'meiner', 'unser', 'unsere', 'unseren'], fr: ['mon', 'ma', 'mes', 'notre', 'nos'], es: ['mi', 'mis', 'nuestro', 'nuestra'], it: ['mio', 'mia', 'miei'], nl: ['mijn', 'onze'], pt: ['meu', 'minha', 'meus', 'minhas'],
};

/** `my shoes`: the thing that the asker has, which a text about what may be done with it need not name. With another noun behind, as in `my Netflix password`, it is a name. */
function ownedThings(words: readonly Analysed[], language: string): Set<string> {
  const isEnd = (item: Analysed | undefined) => !item || item.terms.length === 0 || item.isVague;
  return new Set(words.flatMap(({ word }, index) => (index > 0 && possessives[language]?.includes(words[index - 1]?.word ?? '') && isEnd(words[index + 1]) ? [word] : [])));
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
  return { word, own: new Set(terms), variants: new Map(terms.map((term) => [term, 1])), isVague, isLight: false, isOwned: false, ifMistyped: new Map(), isNumber: /^\d+$/.test(word), share, isName: false, isGuessed: false };
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

const termsOfGroups = new Map<string, Map<number, readonly string[]>>();
/** The terms of a group: single words as their stems; of phrases the first word of the list, which passages with the phrase are indexed under too. */
function groupTerms(index: number, language: string): readonly string[] {
  const known = termsOfGroups.get(language) ?? new Map<number, readonly string[]>();
  termsOfGroups.set(language, known);
  const terms = known.get(index) ?? [...new Set((synonymLists(language)[index] ?? []).filter((entry, place) => place === 0 || !/\s/.test(entry)).map((entry) => termOfEntry(entry, language)))];
  known.set(index, terms);
  return terms;
}

function synonymsOf(term: string, language: string, others: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  const add = (synonym: string, weight: number) => found.set(synonym, Math.max(found.get(synonym) ?? 0, weight));
  for (const group of groupsOf(language).get(term) ?? []) {
    for (const synonym of groupTerms(group, language)) add(synonym, weights.synonym);
    for (const other of others) for (const translation of groupTerms(group, other)) add(translation, weights.translation);
    if (isInUnion(countryPlace(group))) for (const word of unionWords) for (const known of [language, ...others]) add(termOfEntry(word, known), weights.union);
  }
  return found;
}

function addSynonyms(concept: Concept, term: string, language: string, others: readonly string[]): void {
  const found = synonymsOf(term, language, others);
  for (const [synonym, weight] of found) put(concept, synonym, weight);
  if (found.size > 0 || concept.isVague || concept.isNumber || concept.word.length < shortestMistyped || isLight(concept.word, language)) return;
  const meant = nearestTerm(concept.word, term, groupsOf(language));
  if (meant === null) return;
  concept.ifMistyped.set(cutTerm(meant), weights.mistyped);
  for (const [synonym, weight] of synonymsOf(meant, language, others)) concept.ifMistyped.set(cutTerm(synonym), Math.max(concept.ifMistyped.get(cutTerm(synonym)) ?? 0, weight * weights.mistyped));
}

const shortestMistyped = 5;

/** The one word of the lexicon that is a slip away. Two that are leave it open. */
function nearestTerm(word: string, term: string, known: ReadonlyMap<string, unknown>): string | null {
  let best: string | null = null;
  let least = word.length >= 8 ? 3 : 2;
  for (const other of known.keys()) {
    if (other.length < 4 || other[0] !== word[0] || Math.abs(other.length - word.length) > 4) continue;
    const distance = Math.min(editDistance(term, other, least), editDistance(word, other, least), other.length < word.length ? editDistance(word.slice(0, other.length), other, least) + (word.length - other.length > 2 ? 1 : 0) : least);
    if (distance < least) {
      least = distance;
      best = other;
    }
  }
  return best;
}
