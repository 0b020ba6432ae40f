import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobOptions } from './jobs.ts';

export interface Definition extends Required<JobOptions> {
  readonly name: string;
  handler(job: Job): Promise<void>;
  /** Aborts when the handler is taken away or the process stops. */
  readonly interrupt: AbortController;
}

export type Outcome = { kind: 'done' } | { kind: 'failed'; error: unknown } | { kind: 'interrupted' };

/** How long a handler may go on after its signal was aborted. */
const abortGraceMs = 3000;
const longestBackoffMs = 300_000;

const defaultBackoff = (attempt: number): number => Math.round(Math.min(longestBackoffMs, 1000 * 2 ** (attempt - 2)) * (0.75 + Math.random() / 2));

export const defineJob = (name: string, handler: (job: Job) => Promise<void>, options: JobOptions = {}): Definition => ({
  name, handler, interrupt: new AbortController(),
  attempts: options.attempts ?? 5,
  backoff: options.backoff?.bind(options) ?? defaultBackoff,
  timeoutMs: options.timeoutMs ?? 300_000,
  concurrency: options.concurrency ?? 5,
});

/** Runs the handler once, with its time-out. An interrupted job does not count as failed: it is to be given back. */
export async function runHandler(definition: Definition, job: Omit<Job, 'signal'>, lost?: AbortSignal): Promise<Outcome> {
  const { interrupt, timeoutMs } = definition;
  const timedOut = new AbortController();
  const timer = setTimeout(() => timedOut.abort(new Error(`The job took longer than ${timeoutMs} ms`)), timeoutMs);
  const signal = AbortSignal.any([timedOut.signal, interrupt.signal, ...(lost ? [lost] : [])]);
  const finished = Promise.resolve().then(() => definition.handler({ ...job, signal }));
  try {
    await Promise.race([finished, overdue(signal)]);
    return { kind: 'done' };
  } catch (error) {
    finished.catch(() => undefined);
    if (interrupt.signal.aborted || lost?.aborted) return { kind: 'interrupted' };
    return { kind: 'failed', error: timedOut.signal.aborted ? timedOut.signal.reason : error };
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when the signal was aborted and the grace after it is over. */
async function overdue(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await delay(abortGraceMs, undefined, { ref: false });
  throw signal.reason;
}
