import type { Clause } from './passage.queries.ts';
import type { Concept } from './query-concepts.ts';

/** So many passages are looked at for words of their own; of commoner words two have to meet. */
const budget = 900;
const mostTerms = 60;
const mostCommon = 4;

/**
 * What the full-text index is asked for: the rare terms, each for itself, as long as not too many passages have them, and of the
 * common ones those passages that have two. What a search costs so hardly grows with how common its words are.
 */
export function chooseClauses(concepts: readonly Concept[], passagesOf: ReadonlyMap<string, number>): Clause[] {
  const known = new Map<string, { passages: number; value: number; concept: Concept }>();
  for (const concept of concepts) for (const [term, weight] of concept.variants) {
    const passages = passagesOf.get(term) ?? 0;
    if (passages > 0 && !known.has(term)) known.set(term, { passages, value: weight, concept });
  }
  const terms = [...known].sort(([a, first], [b, second]) => Number(first.concept.isVague) - Number(second.concept.isVague) || first.passages - second.passages || (a < b ? -1 : 1)).slice(0, mostTerms);
  const clauses: Clause[] = [];
  const common: { term: string; concept: Concept }[] = [];
  let spent = 0;
  for (const [term, { passages, concept }] of terms) {
    if (spent + passages <= budget) {
      clauses.push(term);
      spent += passages;
    } else if (common.length < mostCommon) common.push({ term, concept });
  }
  const rarest = terms[0]?.[0];
  for (const [index, { term, concept }] of common.entries()) {
    for (const other of common.slice(index + 1)) if (other.concept !== concept) clauses.push([term, other.term]);
    if (rarest !== undefined && rarest !== term && clauses.includes(rarest) === false) clauses.push([rarest, term]);
  }
  if (clauses.length === 0 && rarest !== undefined) clauses.push(rarest);
  return clauses;
}
