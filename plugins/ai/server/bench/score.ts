import type { Scores } from '../assistants/assistant.schema.ts';
import type { TurnResult } from '../answering/answer-turn.ts';
import { groundedness } from '../answering/groundedness.ts';
import { fold } from '../language/fold.ts';
import { contentWords, numbersIn } from '../language/words.ts';
import type { BenchResult } from './bench.schema.ts';
import type { BenchCase } from './bench.store.ts';

/** Is the fact told in the answer? Literally, or with all its numbers and nearly all its words. */
export function tells(answer: string, fact: string, locale: string): boolean {
  if (fold(answer).includes(fold(fact))) return true;
  const numbers = new Set(numbersIn(answer));
  const words = contentWords(fact, locale).filter((word) => !/^\d/.test(word));
  const known = new Set(contentWords(answer, locale));
  return numbersIn(fact).every((number) => numbers.has(number)) && words.length > 0 && words.filter((word) => known.has(word)).length / words.length >= 0.8;
}

export function scoreCase(benchCase: BenchCase, result: TurnResult, grounds: readonly string[]): BenchResult {
  const outcome = result.handOver && result.handOver.reason !== 'always' ? 'hand-over' : result.outcome === 'answered' || result.handOver ? 'answer' : 'no-answer';
  const missingFacts = benchCase.expect === 'answer' ? benchCase.facts.filter((fact) => !tells(result.text, fact, result.locale)) : [];
  const isRight = benchCase.expect === 'answer' ? outcome === 'answer' && missingFacts.length === 0 : benchCase.expect === 'hand-over' ? outcome === 'hand-over' : outcome !== 'answer';
  return {
    caseId: benchCase.id, question: benchCase.questions.at(-1) ?? '', expect: benchCase.expect, isRight, outcome, text: result.text || (result.handOver?.message ?? ''), reason: result.handOver?.reason ?? null, missingFacts,
    grounded: outcome === 'answer' ? groundedness(result.text, grounds, result.locale) : null, confidence: result.confidence,
  };
}

export const failedCase = ({ id, questions, expect, facts }: BenchCase): BenchResult => ({
  caseId: id, question: questions.at(-1) ?? '', expect, isRight: false, outcome: 'failed', text: '', reason: null, missingFacts: expect === 'answer' ? facts : [], grounded: null, confidence: null,
});

/** Per cent by kind: answered as expected, handed over (or kept back) as expected, standing on the passages. */
export function scoresOf(results: readonly BenchResult[]): Scores {
  const percent = (of: readonly BenchResult[]): number | null => (of.length === 0 ? null : Math.round((of.filter(({ isRight }) => isRight).length / of.length) * 100));
  const grounded = results.flatMap((result) => result.grounded ?? []);
  return {
    answered: percent(results.filter(({ expect }) => expect === 'answer')), escalated: percent(results.filter(({ expect }) => expect !== 'answer')),
    grounded: grounded.length === 0 ? null : Math.round(grounded.reduce((sum, share) => sum + share, 0) / grounded.length),
  };
}
