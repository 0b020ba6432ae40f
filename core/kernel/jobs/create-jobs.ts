import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { afterCommit } from '../db/transaction-scope.ts';
import type { Locks } from '../locks/locks.ts';
import type { Log } from '../log/log.ts';
import { defineJob, type Definition } from './definition.ts';
import { EmbeddedQueue } from './embedded-queue.ts';
import { JobStore } from './job-store.ts';
import type { Job, Jobs } from './jobs.ts';
import { Schedule } from './schedules.ts';

export interface JobsOptions {
  db: Database;
  config: Pick<Config, 'redisUrl' | 'role'>;
  log: Log;
  locks: Locks;
  /** Name of this process. */
  process: string;
  /** How long after a crash a job is given to another process; 30 s unless told. */
  leaseMs?: number;
}

const undefineGraceMs = 5000;
const pruneEveryMs = 3_600_000;

/** Jobs on the database's own queue, or on BullMQ when REDIS_URL is set. A process with the role `web` adds jobs and runs none. */
export async function createJobs({ db, config, log, locks, leaseMs = 30_000 }: JobsOptions): Promise<Jobs> {
  const store = new JobStore(db, leaseMs);
  const queue = config.redisUrl
    ? new (await import('./bull-queue.ts')).BullQueue({ store, log, leaseMs, redisUrl: config.redisUrl, isWorker: config.role !== 'web' })
    : new EmbeddedQueue({ store, log, leaseMs });
  const definitions = new Set<Definition>();
  const schedules = new Set<Schedule>();
  let isStarted = false;
  let pruneTimer: NodeJS.Timeout | undefined;

  const undefine = async (definition: Definition, graceMs: number) => {
    if (definitions.delete(definition)) await queue.undefine(definition, graceMs);
  };
  const define = (name: string, handler: (job: Job<never>) => Promise<void>, options?: Parameters<Jobs['define']>[2]) => {
    const definition = defineJob(name, handler as (job: Job) => Promise<void>, options);
    definitions.add(definition);
    queue.define(definition);
    return () => undefine(definition, undefineGraceMs);
  };
  const add: Jobs['add'] = async (name, data, { id, delayMs, trx } = {}) => {
    await store.insert(trx ?? db.knex, name, data, { id, delayMs });
    afterCommit(() => queue.wake(delayMs));
  };

  return {
    define,
    add,
    schedule(name, pattern, handler) {
      const jobName = `schedule.${name}`;
      const takeAway = define(jobName, handler);
      const schedule = new Schedule(name, pattern, { db, log, addJob: (trx) => add(jobName, null, { id: 'tick', trx }) });
      schedules.add(schedule);
      if (isStarted) schedule.start();
      return async () => {
        schedules.delete(schedule);
        await schedule.stop();
        await takeAway();
      };
    },
    waiting: (namePrefix) => queue.waiting(namePrefix),
    failed: (limit) => store.failed(limit),
    async start() {
      isStarted = true;
      await queue.start();
      for (const schedule of schedules) schedule.start();
      pruneTimer = setInterval(() => void locks.run('jobs:prune', () => store.pruneFailed()).catch(() => undefined), pruneEveryMs).unref();
    },
    async stop(graceMs) {
      clearInterval(pruneTimer);
      await Promise.all([...schedules].map((schedule) => schedule.stop()));
      await queue.pause();
      await Promise.all([...definitions].map((definition) => undefine(definition, graceMs)));
      await queue.close();
    },
  };
}
