import { DelayedError, Queue as Bull, Worker, type Job as BullJob } from 'bullmq';
import { Redis } from 'ioredis';
import { parseRedisUrl } from '../bus/redis-address.ts';
import { newId } from '../ids.ts';
import { Poller } from '../db/poller.ts';
import { runHandler, type Definition } from './definition.ts';
import type { Queue, QueueOptions } from './embedded-queue.ts';
import type { JobRow } from './job-store.ts';

export interface BullQueueOptions extends QueueOptions {
  redisUrl: string;
  /** Runs handlers; a process that does not only moves jobs from the table to Redis. */
  isWorker: boolean;
}

/** A failed attempt decides about the next one by itself: BullMQ's own limit only has to be out of the way. */
const attemptsOfBull = 1_000_000;
const crashesUntilFailed = 5;
const batchSize = 100;
const intervalMs = 1000;

/** BullMQ has no colons in names. */
const queueName = (name: string): string => encodeURIComponent(name);

/**
 * Workers on BullMQ, one queue per job name. A job is written to the table `jobs` with what caused it and moved to Redis
 * when its time has come, so that it is neither lost with Redis nor run for a transaction that was rolled back.
 */
export class BullQueue implements Queue {
  readonly #options: BullQueueOptions;
  readonly #prefix: string;
  readonly #redis: Redis;
  readonly #blocking: Redis;
  readonly #mover: Poller;
  readonly #queues = new Map<string, Bull>();
  readonly #definitions = new Set<Definition>();
  readonly #workers = new Map<Definition, Worker>();
  readonly #lost = new Map<string, AbortController>();
  readonly #owner = newId();
  #claims = 0;
  #isStarted = false;
  #isAway = false;

  constructor(options: BullQueueOptions) {
    this.#options = options;
    const { url, prefix } = parseRedisUrl(options.redisUrl);
    this.#prefix = `${prefix}:jobs`;
    const retryStrategy = (times: number) => Math.min(100 * times, 2000);
    this.#redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 5000, retryStrategy });
    this.#blocking = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5000, retryStrategy });
    for (const redis of [this.#redis, this.#blocking]) redis.on('error', (error: Error) => this.#warn(error));
    this.#redis.on('ready', () => {
      this.#isAway = false;
      this.wake();
    });
    this.#mover = new Poller({ poll: () => this.#move(), intervalMs, log: options.log, name: 'jobs to Redis' });
  }

  define(definition: Definition): void {
    this.#definitions.add(definition);
    if (this.#isStarted) this.#work(definition);
  }

  async undefine(definition: Definition, graceMs: number): Promise<void> {
    this.#definitions.delete(definition);
    const worker = this.#workers.get(definition);
    this.#workers.delete(definition);
    const timer = setTimeout(() => definition.interrupt.abort(new Error('The handler was taken away')), graceMs);
    await worker?.close();
    clearTimeout(timer);
  }

  wake(delayMs = 0): void {
    if (delayMs > 0) this.#mover.wakeIn(delayMs);
    else if (this.#redis.status === 'ready') this.#mover.wake();
  }

  async waiting(namePrefix: string): Promise<number> {
    const inTable = await this.#options.store.waiting(namePrefix);
    const names = await this.#redis.smembers(`${this.#prefix}:names`).catch(() => []);
    const counts = await Promise.all(names.filter((name) => name.startsWith(namePrefix)).map((name) => this.#queue(name).getJobCountByTypes('wait', 'delayed', 'prioritized', 'active')));
    return counts.reduce((sum, count) => sum + count, inTable);
  }

  async start(): Promise<void> {
    this.#isStarted = true;
    for (const definition of this.#definitions) this.#work(definition);
    this.#mover.start();
  }

  pause(): Promise<void> {
    return this.#mover.stop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.#redis.disconnect();
    this.#blocking.disconnect();
  }

  /** Moves what is due from the table to Redis. A crash in between moves it again; its id keeps it from standing there twice. */
  async #move(): Promise<boolean> {
    if (this.#redis.status !== 'ready') return false;
    const { store } = this.#options;
    const rows = await store.claim(`${this.#owner}:${(this.#claims += 1).toString(36)}`, batchSize);
    for (const row of rows) {
      try {
        await this.#moveRow(row);
      } catch (error) {
        this.#warn(error);
        await store.putBack(row, intervalMs, row.attempts);
      }
    }
    return rows.length === batchSize;
  }

  async #moveRow(row: JobRow): Promise<void> {
    await this.#redis.sadd(`${this.#prefix}:names`, row.name);
    await this.#queue(row.name).add(row.name, JSON.parse(row.data), {
      jobId: `row-${row.id}`,
      attempts: attemptsOfBull,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      removeOnFail: true,
      ...(row.dedupe_key === null ? {} : { deduplication: { id: row.dedupe_key } }),
    });
    await this.#options.store.finish(row);
  }

  #queue(name: string): Bull {
    const found = this.#queues.get(name);
    if (found) return found;
    const queue = new Bull(queueName(name), { connection: this.#redis, prefix: this.#prefix, skipWaitingForReady: true });
    queue.on('error', (error) => this.#warn(error));
    this.#queues.set(name, queue);
    return queue;
  }

  #work(definition: Definition): void {
    if (!this.#options.isWorker) return;
    const { leaseMs } = this.#options;
    const worker = new Worker(queueName(definition.name), (job, token) => this.#run(definition, job, token), {
      connection: this.#blocking,
      prefix: this.#prefix,
      concurrency: definition.concurrency,
      lockDuration: leaseMs,
      stalledInterval: leaseMs,
      maxStalledCount: crashesUntilFailed,
      settings: { backoffStrategy: (attemptsMade) => definition.backoff(attemptsMade + 1) },
    });
    worker.on('error', (error) => this.#warn(error));
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) this.#lost.get(id)?.abort(new Error('Another process has this job'));
    });
    worker.on('failed', (job, error) => {
      if (job?.finishedOn) void this.#noteFailed(definition, job, error);
    });
    this.#workers.set(definition, worker);
  }

  async #run(definition: Definition, job: BullJob, token: string | undefined): Promise<void> {
    const lost = new AbortController();
    const id = String(job.id);
    this.#lost.set(id, lost);
    const attempt = job.attemptsMade + 1;
    const outcome = await runHandler(definition, { id, name: definition.name, data: job.data as unknown, attempt }, lost.signal).finally(() => this.#lost.delete(id));
    if (outcome.kind === 'done') return;
    if (outcome.kind === 'interrupted') {
      await job.moveToDelayed(Date.now(), token);
      throw new DelayedError();
    }
    const isLast = attempt >= definition.attempts;
    this.#options.log[isLast ? 'error' : 'warn']({ err: outcome.error, job: definition.name, attempt }, isLast ? 'a job failed' : 'a job failed and is tried again');
    if (!isLast) throw outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error));
    await this.#noteFailed(definition, job, outcome.error);
  }

  async #noteFailed(definition: Definition, job: BullJob, error: unknown): Promise<void> {
    await this.#options.store.addFailed(definition.name, job.data, job.attemptsMade + 1, error)
      .catch((reason: unknown) => this.#options.log.error({ err: reason, job: definition.name }, 'a failed job could not be noted'));
  }

  #warn(error: unknown): void {
    if (!this.#isAway) this.#options.log.warn({ err: error }, 'Redis is away; jobs wait in the database');
    this.#isAway = true;
  }
}
