import type { JobContext, JobsApi } from '@plugboard/sdk';
import type { Job, Jobs } from '../../jobs/jobs.ts';
import { currentDepth } from '../plugin-calls.ts';
import type { PluginInstance } from '../plugin-instance.ts';

const defaultTimeoutMs = 5 * 60_000;
/** The host ends a job before the queue takes it for lost. */
const marginMs = 5_000;

interface Wrapped { data: unknown; depth: number }

/** Jobs under `plugin:<id>:`. With the plugin off nobody takes them: they wait. */
export function createJobsApi(instance: PluginInstance, jobs: Jobs): JobsApi {
  const full = (name: string): string => `plugin:${instance.id}:${name}`;
  const run = (name: string, job: Job<unknown>, depth: number, timeoutMs: number, work: (context: JobContext) => Promise<void>): Promise<void> =>
    instance.call({ point: `job ${name}`, stage: 'job', timeoutMs, signal: job.signal, depth, hasBreaker: false },
      (signal) => work({ id: job.id, attempt: job.attempt, signal }));
  return {
    async define(name, handler, options = {}) {
      const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
      instance.onIntakeStop(jobs.define<Wrapped>(full(name), (job) =>
        run(name, job, job.data.depth, timeoutMs, (context) => handler(job.data.data as never, context)),
      { ...(options.attempts ? { attempts: options.attempts } : {}), timeoutMs: timeoutMs + marginMs }));
      instance.added.jobs.push(name);
    },
    async add(name, data, options = {}) {
      instance.live();
      await jobs.add(full(name), { data, depth: currentDepth() } satisfies Wrapped, {
        ...(options.id ? { id: `${full(name)}:${options.id}` } : {}), ...(options.delayMs ? { delayMs: options.delayMs } : {}),
      });
    },
    async cron(name, pattern, handler) {
      instance.onIntakeStop(jobs.schedule(full(name), pattern, (job) => run(name, job, 0, defaultTimeoutMs, handler)));
      instance.added.jobs.push(`${name} (${pattern})`);
    },
  };
}
