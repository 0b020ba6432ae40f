import { iso, isoOrNull } from '../fields.ts';
import type { BenchCaseDto, BenchResult, BenchRunDto } from './bench.schema.ts';
import type { BenchCase, BenchRun } from './bench.store.ts';

export const presentCase = ({ id, brandId, locale, questions, expect, facts, audience, isEnabled, origin, originId, createdAt, updatedAt }: BenchCase): BenchCaseDto => ({
  id, brandId, locale, questions, expect, facts, audience, isEnabled, origin, originId, createdAt: iso(createdAt), updatedAt: iso(updatedAt),
});

export const presentRun = (run: BenchRun, doneCount: number): BenchRunDto => ({
  id: run.id, assistantId: run.assistantId, state: run.state, trigger: run.cause, promptVersion: run.promptVersion, model: run.model, caseCount: run.caseCount, doneCount,
  answered: run.scores?.answered ?? null, escalated: run.scores?.escalated ?? null, grounded: run.scores?.grounded ?? null, costMicros: run.costMicros, createdAt: iso(run.createdAt), endedAt: isoOrNull(run.endedAt),
});

export interface CaseChange { caseId: string; question: string; change: 'better' | 'worse' | 'same' | 'new' | 'gone'; before: BenchResult | null; after: BenchResult | null }

/** Two runs case by case, what changed first. */
export function compareResults(before: readonly BenchResult[], after: readonly BenchResult[]): CaseChange[] {
  const earlier = new Map(before.map((result) => [result.caseId, result]));
  const later = new Map(after.map((result) => [result.caseId, result]));
  const order = ['worse', 'better', 'new', 'gone', 'same'];
  return [...new Set([...earlier.keys(), ...later.keys()])].map((caseId): CaseChange => {
    const [was, is] = [earlier.get(caseId) ?? null, later.get(caseId) ?? null];
    const change = !was ? 'new' : !is ? 'gone' : was.isRight === is.isRight ? 'same' : is.isRight ? 'better' : 'worse';
    return { caseId, question: (is ?? was)?.question ?? '', change, before: was, after: is };
  }).sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}
