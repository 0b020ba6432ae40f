import type { PassageRow } from './passage.row.ts';
import type { Question } from './query-concepts.ts';
import type { Ranked, WeighedConcept } from './rank-passages.ts';
import { sayingOf, type Saying } from './saying.ts';
import { asksFor } from './text/asked-for.ts';
import { isAttempt } from './text/is-attempt.ts';

/** What the confidence is made of; each 0…1 unless told. */
export interface Signs {
  /** How much of what the question means the best document has. Of what is missing, light words weigh little. */
  meaning: number;
  /** Weight of the most important notion that is missing, as a share of all. */
  gap: number;
  /** How far the best document is before the next one. */
  margin: number;
  score: number;
  /** How much of the title of the best passage the question speaks of. */
  titleFocus: number;
  /** How much of the question one sentence of the best passage has. */
  together: number;
  /** How many notions that say something were found, and there are. */
  foundCount: number;
  contentCount: number;
  /** Share of the weight that words have which stand in no text at all. */
  unknown: number;
  isNameMissing: boolean;
  /** One word alone is asked for, and several texts have it without being about it. */
  isInPassing: boolean;
}

/** That nothing else has a word of the question does not prove that the one text which has it answers. */
const mostMargin = 0.6;
/** A word that is found only as something remotely like it is missing. */
const likelyEnough = 0.5;
/** A synonym or a translation covers what is meant nearly as well as the word itself. */
const asGood = 1.25;
/** What a light word weighs that is missing. */
const lightness = 0.35;
/** How surely a fact of the kind that was asked for stands for the word that asked for it. */
const told = 0.8;

export function signsOf(ranked: readonly Ranked[], concepts: readonly WeighedConcept[], question: Question, rows: ReadonlyMap<number, PassageRow>): Signs | null {
  const [best] = ranked;
  if (!best) return null;
  const documentOf = ({ candidate }: Ranked) => `${candidate.kind} ${candidate.document_id}`;
  const same = ranked.filter((other) => documentOf(other) === documentOf(best));
  const next = ranked.find((other) => documentOf(other) !== documentOf(best));
  const row = rows.get(best.candidate.id);
  const saying: Saying = row ? sayingOf(best, row, question, concepts) : { together: best.inTitle, fact: null };
  const items = concepts.map((item, index) => {
    const found = Math.max(isTold(item, saying) ? told : 0, ...same.map((one) => one.found[index] ?? 0));
    return { ...item, found, isFound: found >= likelyEnough, lacks: item.weight * (item.concept.isLight || item.concept.isOwned ? lightness : 1) };
  });
  const sum = (of: (item: (typeof items)[number]) => number) => items.reduce((before, item) => before + of(item), 0);
  const total = sum(({ weight }) => weight) || 1;
  const had = sum(({ weight, found }) => weight * Math.min(1, found * asGood));
  const lacked = sum(({ lacks, found }) => lacks * (1 - Math.min(1, found * asGood)));
  const content = items.filter(({ concept }) => !concept.isVague);
  return {
    meaning: had / (had + lacked || 1),
    gap: Math.max(0, ...items.map(({ isFound, lacks }) => (isFound ? 0 : lacks / total))),
    margin: Math.min(mostMargin, next ? 1 - next.score / best.score : 1),
    score: best.score, titleFocus: best.titleFocus, together: saying.together,
    foundCount: content.filter(({ isFound }) => isFound).length,
    contentCount: content.length,
    unknown: sum(({ weight, isUnknown, isFound }) => (isUnknown && !isFound ? weight : 0)) / total,
    isNameMissing: content.some(({ concept, isFound }) => concept.isName && !isFound),
    isInPassing: content.length === 1 && best.inTitle === 0 && next !== undefined && next.score > best.score * 0.7,
  };
}

/** A price in the text says what a thing costs, without the word. */
const isTold = ({ concept }: WeighedConcept, { fact }: Saying): boolean => fact !== null && asksFor(concept.word, fact);

/** Fitted on the questions of the bench (`tune`) and judged by the others. */
const weights = { base: -4.9, meaning: 2.7, gap: -3.4, margin: 4.3, score: 2.7, perFound: 0.15, unknown: -4, together: 3.5, titleFocus: 1.15 };
const mostFound = 6;
/** Nothing that says something was found, or somebody tries to turn the assistant round. */
const hardly = 5;
/** At most so sure when a word is met in passing, or when a place or a product is named that the document does not name. */
const unsure = 40;

/** 0…100: how sure it is that the best passage answers the question. At 50 an assistant answers by itself. */
export function rateConfidence(ranked: readonly Ranked[], concepts: readonly WeighedConcept[], question: Question, rows: ReadonlyMap<number, PassageRow>): number {
  const signs = signsOf(ranked, concepts, question, rows);
  if (!signs || signs.contentCount === 0) return 0;
  const z = weights.base + weights.meaning * signs.meaning + weights.gap * signs.gap + weights.margin * signs.margin + weights.score * signs.score
    + weights.perFound * Math.min(mostFound, signs.foundCount) + weights.unknown * signs.unknown + weights.together * signs.together + weights.titleFocus * signs.titleFocus;
  const confidence = Math.round(100 / (1 + Math.exp(-z)));
  if (signs.foundCount === 0 || isAttempt(question.text)) return Math.min(hardly, confidence);
  return signs.isInPassing || signs.isNameMissing ? Math.min(unsure, confidence) : confidence;
}
