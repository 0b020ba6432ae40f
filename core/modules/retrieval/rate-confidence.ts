import { isAttempt } from './text/is-attempt.ts';
import type { Ranked, WeighedConcept } from './rank-passages.ts';
import type { Question } from './query-concepts.ts';

/** What the confidence is made of; each 0…1 unless told. */
export interface Signs {
  documentCoverage: number;
  /** Weight of the most important notion that is missing, as a share of all. */
  missing: number;
  /** How far the best document is before the next one. */
  margin: number;
  score: number;
  /** How many notions that say something were found. */
  foundCount: number;
  contentCount: number;
  /** Share of the weight that words have which stand in no text at all, and whether a name is missing. */
  unknown: number;
  missingName: 0 | 1;
  /** One word alone is asked for, and several texts have it without being about it. */
  isInPassing: boolean;
}

/** That nothing else has a word of the question does not prove that the one text which has it answers. */
const mostMargin = 0.6;
/** A word that is found only as something remotely like it is missing. */
const likelyEnough = 0.5;

export function signsOf(ranked: readonly Ranked[], concepts: readonly WeighedConcept[]): Signs | null {
  const [best] = ranked;
  if (!best) return null;
  const documentOf = ({ candidate }: Ranked) => `${candidate.kind} ${candidate.document_id}`;
  const same = ranked.filter((other) => documentOf(other) === documentOf(best));
  const next = ranked.find((other) => documentOf(other) !== documentOf(best));
  const total = concepts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const anywhere = concepts.map((_, index) => Math.max(...same.map(({ found }) => found[index] ?? 0)));
  const isFound = (index: number): boolean => (anywhere[index] ?? 0) >= likelyEnough;
  const content = concepts.map(({ concept }, index) => ({ index, isContent: !concept.isVague })).filter(({ isContent }) => isContent);
  return {
    documentCoverage: concepts.reduce((sum, { weight }, index) => sum + weight * (anywhere[index] ?? 0), 0) / total,
    missing: Math.max(0, ...concepts.map(({ weight }, index) => (isFound(index) ? 0 : weight / total))),
    isInPassing: content.length === 1 && best.inTitle === 0 && next !== undefined && next.score > best.score * 0.7,
    margin: Math.min(mostMargin, next ? 1 - next.score / best.score : 1),
    score: best.score,
    foundCount: content.filter(({ index }) => isFound(index)).length,
    contentCount: content.length,
    unknown: concepts.reduce((sum, { weight, isUnknown }, index) => sum + (isUnknown && !isFound(index) ? weight : 0), 0) / total,
    missingName: content.some(({ index }) => concepts[index]?.concept.isName && !isFound(index)) ? 1 : 0,
  };
}

/**
 * Fitted on the questions of the bench: what is found and how far the best document is ahead speak for it; a word that is missing
 * speaks against it, the more the more it says, and most when no text has it at all.
 */
const weights = { base: -1.86, coverage: 2, score: 2.1, margin: 3.2, perFound: 0.18, missing: -4.1, unknown: -2, missingName: -0.6 };
const mostFound = 6;
/** Nothing that says something was found, or somebody tries to turn the assistant round. */
const hardly = 5;
const unsure = 40;

/** 0…100: how sure it is that the best passage answers the question. At 50 an assistant answers by itself. */
export function rateConfidence(ranked: readonly Ranked[], concepts: readonly WeighedConcept[], question: Question): number {
  const signs = signsOf(ranked, concepts);
  if (!signs || signs.contentCount === 0) return 0;
  const z = weights.base + weights.coverage * signs.documentCoverage + weights.score * signs.score + weights.margin * signs.margin
    + weights.perFound * Math.min(mostFound, signs.foundCount) + weights.missing * signs.missing + weights.unknown * signs.unknown + weights.missingName * signs.missingName;
  const confidence = Math.round(100 / (1 + Math.exp(-z)));
  if (signs.isInPassing) return Math.min(unsure, confidence);
  return signs.foundCount === 0 || isAttempt(question.text) ? Math.min(hardly, confidence) : confidence;
}
