import { claimRows, freeStrandedClaims, renewClaims } from '../db/claim.ts';
import { nowSql } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { Poller } from '../db/poller.ts';
import { execute } from '../db/statement.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { toEntry, type Row } from './broadcast-tail.ts';
import { Lanes, laneOf } from './lanes.ts';
import type { OutboxEntry } from './outbox.ts';

interface EventRow extends Row { attempts: number; claim_token: string }

export interface RelayOptions {
  db: Database;
  log: Log;
  handle(entry: OutboxEntry): Promise<void>;
  leaseMs: number;
}

const batchSize = 100;
const maxInHand = 500;
const intervalMs = 1000;
const maxAttempts = 50;
const longestPauseMs = 300_000;

/** Claims rows of `outbox`, gives each to the handlers and deletes it; a row whose handler throws comes back later. */
export class EventRelay {
  readonly poller: Poller;
  readonly #options: RelayOptions;
  readonly #lanes = new Lanes();
  readonly #owner = newId();
  /** Claims by token, with the number of their rows in hand. */
  readonly #claims = new Map<string, number>();
  #claimed = 0;
  #finished: EventRow[] = [];
  #finishing: Promise<void> | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.poller = new Poller({ poll: () => this.#poll(), intervalMs, log: options.log, name: 'outbox' });
  }

  async start(): Promise<void> {
    const { db, log, leaseMs } = this.#options;
    const warn = (error: unknown) => log.warn({ err: error }, 'leases of outbox rows could not be renewed');
    this.#renewal = setInterval(() => {
      renewClaims(db, 'outbox', [...this.#claims.keys()], leaseMs).then(() => freeStrandedClaims(db, 'outbox')).catch(warn);
    }, leaseMs / 3).unref();
    this.poller.start();
  }

  /** Claims no more and waits for what is in hand. */
  async stop(): Promise<void> {
    await this.poller.stop();
    await this.#lanes.settled();
    await this.#finishing;
    clearInterval(this.#renewal);
  }

  async #poll(): Promise<boolean> {
    if (this.#lanes.count >= maxInHand) return false;
    const { db, leaseMs } = this.#options;
    const token = `${this.#owner}:${(this.#claimed += 1).toString(36)}`;
    this.#claims.set(token, Infinity);
    const rows = await claimRows<EventRow>({
      db, table: 'outbox', columns: 'id, event_id, name, payload, created_at, attempts, claim_token', token, leaseMs, limit: batchSize,
    }).finally(() => this.#claims.delete(token));
    if (rows.length === 0) return false;
    this.#claims.set(token, rows.length);
    for (const row of rows) {
      const entry = toEntry('event', row);
      this.#lanes.add(laneOf(entry), () => this.#handle(entry, row));
    }
    return rows.length === batchSize;
  }

  async #handle(entry: OutboxEntry, row: EventRow): Promise<void> {
    try {
      await this.#options.handle(entry);
      this.#finish(row);
    } catch (error) {
      await this.#putBack(row, error);
    }
  }

  /** Rows that finish at the same moment are deleted together. */
  #finish(row: EventRow): void {
    this.#finished.push(row);
    this.#finishing ??= new Promise<void>((resolve) => { setImmediate(resolve); }).then(() => this.#deleteFinished());
  }

  async #deleteFinished(): Promise<void> {
    const { db, log } = this.#options;
    while (this.#finished.length > 0) {
      const rows = this.#finished.splice(0, batchSize);
      const tokens = [...new Set(rows.map((row) => row.claim_token))];
      const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');
      await execute(db.knex, `DELETE FROM outbox WHERE id IN (${marks(rows)}) AND claim_token IN (${marks(tokens)})`, [...rows.map((row) => row.id), ...tokens])
        .catch((error: unknown) => log.warn({ err: error }, 'handled events could not be deleted; they are told again'));
      for (const row of rows) this.#release(row);
    }
    this.#finishing = undefined;
    this.poller.wake();
  }

  async #putBack(row: EventRow, reason: unknown): Promise<void> {
    const { db, log } = this.#options;
    const isLast = row.attempts >= maxAttempts;
    log[isLast ? 'error' : 'warn']({ err: reason, event: row.name, eventId: row.event_id, attempt: row.attempts }, isLast ? 'an event was given up' : 'an event could not be told; it is tried again');
    const pauseMs = Math.min(longestPauseMs, 250 * 2 ** row.attempts) * (0.5 + Math.random() / 2);
    const write = isLast
      ? execute(db.knex, 'DELETE FROM outbox WHERE id = ? AND claim_token = ?', [row.id, row.claim_token])
      : execute(db.knex, `UPDATE outbox SET available_at = ${nowSql(db)} + ?, claim_token = NULL WHERE id = ? AND claim_token = ?`, [Math.round(pauseMs), row.id, row.claim_token]);
    await write.then(() => this.poller.wakeIn(pauseMs), () => undefined);
    this.#release(row);
  }

  #release(row: EventRow): void {
    const left = (this.#claims.get(row.claim_token) ?? 1) - 1;
    if (left > 0) this.#claims.set(row.claim_token, left);
    else this.#claims.delete(row.claim_token);
  }
}
