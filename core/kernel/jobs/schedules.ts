import { Cron } from 'croner';
import type { Database } from '../db/database.ts';
import { isUniqueViolation } from '../db/database-errors.ts';
import { execute } from '../db/statement.ts';
import type { Log } from '../log/log.ts';

export interface ScheduleOptions { db: Database; log: Log; /** Writes the job of a tick in this transaction. */ addJob(trx: Parameters<Parameters<Database['transaction']>[0]>[0]): Promise<void> }

/**
 * Takes each tick of a cron pattern (UTC) once per installation: the process that moves `last_tick` on adds the job in the same
 * transaction. The newest tick that was missed while no process ran is made up for.
 */
export class Schedule {
  readonly #name: string;
  readonly #cron: Cron;
  readonly #options: ScheduleOptions;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #taking: Promise<void> = Promise.resolve();

  constructor(name: string, pattern: string, options: ScheduleOptions) {
    this.#name = name;
    this.#cron = new Cron(pattern, { timezone: 'UTC', paused: true });
    this.#options = options;
  }

  start(): void {
    const last = this.#cron.previousRuns(1)[0]?.getTime() ?? Date.now();
    this.#taking = this.#take(last, true);
    this.#plan();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#taking;
  }

  #plan(): void {
    const next = this.#cron.nextRun();
    if (!next || this.#isStopped) return;
    const waitMs = Math.min(next.getTime() - Date.now(), 60_000);
    this.#timer = setTimeout(() => {
      if (Date.now() >= next.getTime()) this.#taking = this.#take(next.getTime(), false);
      this.#plan();
    }, Math.max(waitMs, 1)).unref();
  }

  async #take(tick: number, isFirst: boolean): Promise<void> {
    const { db, log, addJob } = this.#options;
    try {
      if (isFirst) await this.#note(tick);
      await db.transaction(async (trx) => {
        const taken = await execute(trx, 'UPDATE schedules SET last_tick = ? WHERE name = ? AND last_tick < ?', [tick, this.#name, tick]);
        if (taken.changes === 1) await addJob(trx);
      });
    } catch (error) {
      log.error({ err: error, schedule: this.#name }, 'a tick of a schedule could not be taken');
    }
  }

  /** A schedule that is new has missed nothing. */
  async #note(tick: number): Promise<void> {
    try {
      await execute(this.#options.db.knex, 'INSERT INTO schedules (name, last_tick) VALUES (?, ?)', [this.#name, tick]);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
