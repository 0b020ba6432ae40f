import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import type { Job } from '../../kernel/jobs/jobs.ts';
import { system } from '../../kernel/policy/actor.ts';
import { readConversations } from './conversations/read-conversations.ts';
import { indexStored } from './index-stored.ts';
import { Unreadable } from './reading/reading.ts';
import { readOneText } from './read-one-text.ts';
import { nextRunOf, runJobOf, type RunJobData } from './run-plan.ts';
import { RunEnded, SourceProblem, SourceRun } from './source-run.ts';
import { isRunning, KnowledgeSource, type SourceError } from './source.model.ts';
import { lockSource } from './source.queries.ts';
import { tellSource } from './tell-source.ts';
import { hostOf, readWebsite } from './website/read-website.ts';

export const runAttempts = 5;
const mostTries = 5;
const lookEveryMs = 500;
const retryAfterMs = 15 * 60_000;

/** Reads a source. One process at a time does, and of a site's host one source at a time. */
export async function runSource(kernel: Kernel, job: Job<RunJobData>): Promise<void> {
  const { id, run } = job.data;
  const source = await KnowledgeSource.query(kernel.db.knex).findById(id);
  if (!source || source.run !== run || source.is_enabled !== 1 || !isRunning(source)) return;
  const isDone = await kernel.locks.run(`knowledge-source:${id}`, async ({ fence, signal }) => {
    const host = source.kind === 'website' && source.run_mode === 'fetch' ? hostOf(source) : null;
    if (host === null) return work(kernel, job, fence, signal);
    return kernel.locks.run(`knowledge-host:${host}`, (lease) => work(kernel, job, fence, AbortSignal.any([signal, lease.signal])), { waitMs: 1_000 });
  }, { waitMs: 3_000 });
  if (isDone === undefined) await putOff(kernel, job.data);
}

/** Somebody else is at it, or at its host: later. Who is at this very run needs no second one. */
async function putOff(kernel: Kernel, { id, run, turn }: RunJobData): Promise<void> {
  const source = await KnowledgeSource.query(kernel.db.knex).findById(id).select('run', 'state', 'kind', 'run_mode');
  if (source?.run !== run || source.state !== 'pending') return;
  await kernel.jobs.add(runJobOf(source), { id, run, turn: turn + 1 } satisfies RunJobData, { id: `${id}:${run}:${turn + 1}`, delayMs: 5_000 });
}

async function work(kernel: Kernel, job: Job<RunJobData>, fence: number, lost: AbortSignal): Promise<true> {
  const ended = new AbortController();
  const run = new SourceRun(kernel, { ...job.data, fence, signal: AbortSignal.any([job.signal, lost, ended.signal]) });
  const look = setInterval(() => void isWanted(run).then((wanted) => { if (!wanted) ended.abort(new RunEnded()); }, () => undefined), lookEveryMs).unref();
  try {
    const source = await begin(run);
    if (source) await readAndFinish(run, source);
  } catch (error) {
    if (error instanceof RunEnded || ended.signal.aborted) return true;
    if (job.signal.aborted || lost.aborted || job.attempt < runAttempts) throw error;
    kernel.log.error({ err: error, source: job.data.id }, 'a source of the knowledge base could not be read');
    await finish(run, new SourceProblem('internal'));
  } finally {
    clearInterval(look);
  }
  return true;
}

async function isWanted(run: SourceRun): Promise<boolean> {
  const row = await KnowledgeSource.query(run.kernel.db.knex).findById(run.id).select('run', 'fence', 'is_enabled');
  return row?.run === run.run && row.is_enabled === 1 && Number(row.fence) === run.fence;
}

/** Takes the row for this process. A run that was begun too often without getting anywhere is given up. */
async function begin(run: SourceRun): Promise<KnowledgeSource | null> {
  return createActionContext(run.kernel, system).transaction(async (tx) => {
    const source = await lockSource(tx.db, run.id);
    if (!source || source.run !== run.run || source.is_enabled !== 1 || source.fence > run.fence) throw new RunEnded();
    const begun = { fence: run.fence, tries: source.tries + 1, state: 'processing' as const, run_started_at: source.run_started_at ?? tx.now };
    await KnowledgeSource.query(tx.db).findById(run.id).patch(begun);
    Object.assign(source, begun);
    await tellSource(tx, source);
    if (source.tries <= mostTries) return source;
    await close(tx, run, source, new SourceProblem('crashed'));
    return null;
  });
}

async function readAndFinish(run: SourceRun, source: KnowledgeSource): Promise<void> {
  try {
    await indexStored(run);
    const note = source.run_mode === 'index' ? null : await readers[source.kind](run, source);
    await finish(run, note);
  } catch (error) {
    if (error instanceof SourceProblem) await finish(run, error);
    else if (error instanceof Unreadable) await finish(run, new SourceProblem(error.key, error.values));
    else throw error;
  }
}

/** Answer what to tell about a reading that went through: pages that failed, a limit that was met. */
const readers: Readonly<Record<KnowledgeSource['kind'], (run: SourceRun, source: KnowledgeSource) => Promise<SourceError | null>>> = {
  website: readWebsite, file: readOneText, text: readOneText, conversations: readConversations, guidance: async () => null,
};

const finish = (run: SourceRun, outcome: SourceProblem | SourceError | null): Promise<void> => run.write((tx, source) => close(tx, run, source, outcome));

async function close(tx: ActionContext, run: SourceRun, source: KnowledgeSource, outcome: SourceProblem | SourceError | null): Promise<void> {
  const [counted] = await tx.db('knowledge_documents').where({ source_id: source.id, is_indexed: 1 }).count({ documents: '*' }).sum({ passages: 'passage_count' }) as { documents: number; passages: number | null }[];
  const isProblem = outcome instanceof SourceProblem;
  const error: SourceError | null = outcome === null ? null : { key: outcome.key, values: outcome.values };
  const next = nextRunOf(source, tx.now);
  const after = {
    state: isProblem ? 'error' as const : 'ready' as const, error: error && JSON.stringify(error), tries: 0,
    document_count: Number(counted?.documents ?? 0), passage_count: Number(counted?.passages ?? 0),
    ...(source.run_mode === 'fetch' ? { last_run_at: tx.now, next_run_at: isProblem && outcome.isPassing && next !== null ? Math.min(next, tx.now + retryAfterMs) : next } : {}),
  };
  await KnowledgeSource.query(tx.db).findById(source.id).patch(after);
  await tellSource(tx, source);
}

