import type { ActionContext } from '../../kernel/context.ts';
import type { ConversationsSettings, WebsiteSettings } from '../../shared/knowledge.ts';
import { KnowledgeSource, settingsOf, type RunMode } from './source.model.ts';

/** A site takes up to an hour: it has a lane of its own, so that nothing short waits for it. */
export const runJobs = { short: 'knowledge-sources.run', site: 'knowledge-sources.crawl' } as const;
export const runJobOf = (source: Pick<KnowledgeSource, 'kind' | 'run_mode'>): string => source.kind === 'website' && source.run_mode === 'fetch' ? runJobs.site : runJobs.short;
export interface RunJobData { id: number; run: number; /** Counts how often it was put off because somebody else was at it. */ turn: number }

const dayMs = 86_400_000;
const periods = { never: null, daily: dayMs, weekly: 7 * dayMs, monthly: 30 * dayMs } as const;

/** When it is read again by itself. Conversations are read at night, one source after the other. */
export function nextRunOf(source: Pick<KnowledgeSource, 'id' | 'kind' | 'settings' | 'is_enabled'>, now: number): number | null {
  if (source.is_enabled !== 1) return null;
  if (source.kind === 'conversations') return (Math.floor(now / dayMs) + 1) * dayMs + (60 + source.id % 120) * 60_000;
  if (source.kind !== 'website') return null;
  const period = periods[settingsOf<WebsiteSettings | (ConversationsSettings & { schedule: 'never' })>(source).schedule];
  return period === null ? null : now + period;
}

/** Reads a source from now on; whatever read it before writes nothing any more. To be called with the row locked. */
export async function planRun(tx: ActionContext, source: KnowledgeSource, mode: RunMode = 'fetch'): Promise<void> {
  const run = source.run + 1;
  const changes = { run, run_mode: mode, run_started_at: null, fence: 0, tries: 0, state: 'pending' as const, error: null, done: 0, total: null, failed: 0, updated_at: tx.now };
  await KnowledgeSource.query(tx.db).findById(source.id).patch(changes);
  Object.assign(source, changes);
  await addRun(tx, source);
}

/** A second job for the same run does nothing while the first is there. */
export const addRun = (tx: ActionContext, source: Pick<KnowledgeSource, 'id' | 'run' | 'kind' | 'run_mode'>): Promise<void> =>
  tx.kernel.jobs.add(runJobOf(source), { id: source.id, run: source.run, turn: 0 } satisfies RunJobData, { id: `${source.id}:${source.run}`, trx: tx.db });
