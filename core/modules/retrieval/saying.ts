import type { PassageRow } from './passage.row.ts';
import type { Question } from './query-concepts.ts';
import type { Ranked, WeighedConcept } from './rank-passages.ts';
import { termsOf } from './text/analyse.ts';
import { askedFor, statesFact, type AskedFor } from './text/asked-for.ts';
import { cutTerm } from './text/encode-term.ts';
import { languageOf } from './text/languages.ts';

/** What the best passage says in one place. */
export interface Saying {
  /** How much of what was asked one sentence, with what it stands under, has at most. 0…1 */
  together: number;
  /** The kind of fact that was asked for, where the passage states one. */
  fact: AskedFor | null;
}

const mostUnits = 80;
/** What stands in a title or heading speaks for the sentences below it, nearly as if they said it. */
const fromAbove = 0.8;

/** Sentences, items of lists and rows of tables. */
const unitsOf = (markdown: string): string[] => markdown.split(/\n+|(?<=[.!?؟。])\s+/u).map((unit) => unit.trim()).filter(Boolean).slice(0, mostUnits);

export function sayingOf(best: Ranked, row: PassageRow, question: Question, concepts: readonly WeighedConcept[]): Saying {
  const language = languageOf(row.locale);
  const likeness = (text: string): number[] => {
    const terms = new Set(termsOf(text, language).map(cutTerm));
    return concepts.map(({ concept }) => [...concept.variants].reduce((most, [term, weight]) => (terms.has(term) ? Math.max(most, weight) : most), 0));
  };
  const total = concepts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const above = likeness([row.title, ...JSON.parse(row.headings) as string[]].join('\n'));
  const kind = askedFor(question.text);
  const units = unitsOf(row.text);
  const shares = units.map((unit) => {
    const own = likeness(unit);
    return concepts.reduce((sum, { weight }, index) => sum + weight * Math.max(own[index] ?? 0, fromAbove * (above[index] ?? 0)), 0) / total;
  });
  return { together: Math.max(best.inTitle, ...shares), fact: kind !== null && units.some((unit) => statesFact(unit, kind)) ? kind : null };
}
