import { Poller } from '../db/poller.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { runHandler, type Definition } from './definition.ts';
import type { JobRow, JobStore } from './job-store.ts';

interface Run { row: JobRow; definition: Definition; lost: AbortController; finished: Promise<void> }

export interface QueueOptions { store: JobStore; log: Log; leaseMs: number }

/** What `createJobs` needs of a queue: run the jobs of its definitions. */
export interface Queue {
  define(definition: Definition): void;
  /** Takes the handler away and waits for its running jobs; those that do not end in time are given back. */
  undefine(definition: Definition, graceMs: number): Promise<void>;
  /** Tells the queue that jobs were written to the table which are due in `delayMs`. */
  wake(delayMs?: number): void;
  waiting(namePrefix: string): Promise<number>;
  start(): Promise<void>;
  /** Claims no more. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

const intervalMs = 1000;

/** Workers on the table `jobs`. */
export class EmbeddedQueue implements Queue {
  readonly #options: QueueOptions;
  readonly #poller: Poller;
  readonly #definitions = new Map<string, Definition>();
  readonly #runs = new Map<number, Run>();
  readonly #owner = newId();
  #claims = 0;
  #renewal: NodeJS.Timeout | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#poller = new Poller({ poll: () => this.#poll(), intervalMs, log: options.log, name: 'jobs' });
  }

  define(definition: Definition): void {
    this.#definitions.set(definition.name, definition);
    this.wake();
  }

  async undefine(definition: Definition, graceMs: number): Promise<void> {
    if (this.#definitions.get(definition.name) === definition) this.#definitions.delete(definition.name);
    const timer = setTimeout(() => definition.interrupt.abort(new Error('The handler was taken away')), graceMs);
    await Promise.all([...this.#runs.values()].filter((run) => run.definition === definition).map((run) => run.finished));
    clearTimeout(timer);
  }

  wake(delayMs = 0): void {
    if (delayMs > 0) this.#poller.wakeIn(delayMs);
    else this.#poller.wake();
  }

  waiting(namePrefix: string): Promise<number> {
    return this.#options.store.waiting(namePrefix);
  }

  async start(): Promise<void> {
    this.#renewal = setInterval(() => void this.#renew(), this.#options.leaseMs / 3).unref();
    this.#poller.start();
  }

  pause(): Promise<void> {
    return this.#poller.stop();
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
  }

  async #poll(): Promise<boolean> {
    const { store } = this.#options;
    const free = [...this.#definitions.values()].filter((definition) => this.#freeSlots(definition) > 0).map((definition) => definition.name);
    for (const name of await store.dueNames(free)) {
      const definition = this.#definitions.get(name);
      const limit = definition ? this.#freeSlots(definition) : 0;
      if (!definition || limit === 0) continue;
      const rows = await store.claim(`${this.#owner}:${(this.#claims += 1).toString(36)}`, limit, name);
      for (const row of rows) this.#begin(row, definition);
    }
    return false;
  }

  #freeSlots(definition: Definition): number {
    let running = 0;
    for (const run of this.#runs.values()) if (run.definition === definition) running += 1;
    return definition.concurrency - running;
  }

  #begin(row: JobRow, definition: Definition): void {
    const lost = new AbortController();
    const finished = this.#work(row, definition, lost.signal)
      .catch((error: unknown) => this.#options.log.warn({ err: error, job: row.name }, 'the end of a job could not be stored; it runs again after its lease'))
      .finally(() => {
        this.#runs.delete(row.id);
        this.wake();
      });
    this.#runs.set(row.id, { row, definition, lost, finished });
  }

  async #work(row: JobRow, definition: Definition, lost: AbortSignal): Promise<void> {
    const { store, log } = this.#options;
    if (row.attempts > definition.attempts) return store.fail(row, new Error('The process ended while the job ran'));
    const outcome = await runHandler(definition, { id: String(row.id), name: row.name, data: JSON.parse(row.data) as unknown, attempt: row.attempts }, lost);
    if (outcome.kind === 'done') return store.finish(row);
    if (outcome.kind === 'interrupted') return store.putBack(row, 0, row.attempts - 1);
    const isLast = row.attempts >= definition.attempts;
    log[isLast ? 'error' : 'warn']({ err: outcome.error, job: row.name, attempt: row.attempts }, isLast ? 'a job failed' : 'a job failed and is tried again');
    if (isLast) return store.fail(row, outcome.error);
    const pauseMs = definition.backoff(row.attempts + 1);
    await store.putBack(row, pauseMs, row.attempts);
    this.wake(pauseMs);
  }

  async #renew(): Promise<void> {
    const { store, log } = this.#options;
    const runs = [...this.#runs.values()];
    try {
      const held = await store.renew([...new Set(runs.map((run) => run.row.claim_token))]);
      for (const run of runs) if (!held.has(run.row.id)) run.lost.abort(new Error('Another process has this job'));
    } catch (error) {
      log.warn({ err: error }, 'leases of jobs could not be renewed');
    }
  }
}
