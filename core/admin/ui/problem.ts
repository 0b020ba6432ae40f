import type { Problem } from '../../shared/problem.ts';
import type { Translate } from './translate.ts';

/** The problem document that an error of the API carries. */
export function problemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null || !('problem' in error)) return null;
  const { problem } = error;
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem as Problem : null;
}

/** What a person is told: the server's own words, or that it could not be reached. */
export function problemText(error: unknown, t: Translate): string {
  const problem = problemOf(error);
  if (problem) return problem.detail || problem.title;
  if (error instanceof TypeError || (error instanceof DOMException && error.name !== 'AbortError')) return t('ui.unreachable');
  return t('ui.unexpected');
}
