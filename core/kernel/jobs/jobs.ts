import type { Knex } from 'knex';

export interface Job<T = unknown> { id: string; name: string; data: T; attempt: number; signal: AbortSignal }
export interface JobOptions { attempts?: number; /** Back-off before attempt n, in ms. */ backoff?(attempt: number): number; timeoutMs?: number; concurrency?: number }
export interface AddOptions { /** A second job with this id is a no-op while the first is waiting or running. */ id?: string; delayMs?: number; /** Written in this transaction where the queue lives in the database, else after commit. */ trx?: Knex }

/** At least once, with retries; a crash gives the job back after its lease. Embedded in the database, or BullMQ once REDIS_URL is set. */
export interface Jobs {
  /** Answers the function that takes the handler away; waiting jobs are then held. */
  define<T>(name: string, handler: (job: Job<T>) => Promise<void>, options?: JobOptions): () => Promise<void>;
  add(name: string, data: unknown, options?: AddOptions): Promise<void>;
  /** Cron pattern in UTC; one run per installation and tick. Answers the function that ends it. */
  schedule(name: string, pattern: string, handler: (job: Job<null>) => Promise<void>): () => Promise<void>;
  /** Waiting jobs by name, for health pages. */
  waiting(namePrefix: string): Promise<number>;
  failed(limit: number): Promise<{ id: string; name: string; error: string; failedAt: number }[]>;
  start(): Promise<void>;
  /** Stops claiming, waits for running handlers up to `graceMs`. */
  stop(graceMs: number): Promise<void>;
}
