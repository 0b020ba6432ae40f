import type { Ranked, WeighedConcept } from './rank-passages.ts';
import type { Question } from './query-concepts.ts';

/** What the confidence is made of; each 0…1 unless told. */
export interface Signs {
  coverage: number;
  documentCoverage: number;
  inTitle: number;
  nearness: number;
  /** Weight of the most important notion that is missing, as a share of all. */
  missing: number;
  /** How far the best document is before the next one. */
  margin: number;
  score: number;
  /** How many notions that say something were found. */
  foundCount: number;
  contentCount: number;
}

export function signsOf(ranked: readonly Ranked[], concepts: readonly WeighedConcept[]): Signs | null {
  const [best] = ranked;
  if (!best) return null;
  const documentOf = ({ candidate }: Ranked) => `${candidate.kind} ${candidate.document_id}`;
  const same = ranked.filter((other) => documentOf(other) === documentOf(best));
  const next = ranked.find((other) => documentOf(other) !== documentOf(best));
  const total = concepts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const anywhere = concepts.map((_, index) => Math.max(...same.map(({ found }) => found[index] ?? 0)));
  const content = concepts.map(({ concept }, index) => ({ index, isContent: !concept.isVague })).filter(({ isContent }) => isContent);
  return {
    coverage: best.coverage,
    documentCoverage: concepts.reduce((sum, { weight }, index) => sum + weight * (anywhere[index] ?? 0), 0) / total,
    inTitle: best.inTitle, nearness: best.nearness,
    missing: Math.max(0, ...concepts.map(({ weight }, index) => ((anywhere[index] ?? 0) > 0 ? 0 : weight / total))),
    margin: next ? 1 - next.score / best.score : 1,
    score: best.score,
    foundCount: content.filter(({ index }) => (anywhere[index] ?? 0) > 0).length,
    contentCount: content.length,
  };
}

/** 0…100: how sure it is that the best passage answers the question. At 50 an assistant answers by itself. */
export function rateConfidence(ranked: readonly Ranked[], concepts: readonly WeighedConcept[], _question: Question): number {
  const signs = signsOf(ranked, concepts);
  if (!signs || signs.contentCount === 0) return 0;
  const z = -3 + 5 * signs.documentCoverage + 1.5 * signs.inTitle + signs.nearness + 2 * signs.margin - 2 * signs.missing;
  return Math.round(100 / (1 + Math.exp(-z)));
}
