import type { Database } from '../db/database.ts';
import { Poller } from '../db/poller.ts';
import { execute, selectRows } from '../db/statement.ts';
import type { Locks } from '../locks/locks.ts';
import type { Log } from '../log/log.ts';
import { Gaps } from './gaps.ts';
import { Lanes, laneOf, withRetries } from './lanes.ts';
import type { OutboxEntry } from './outbox.ts';

export interface Row { id: number; event_id: string; name: string; payload: string; created_at: number }

export interface TailOptions {
  db: Database;
  log: Log;
  locks: Locks;
  handle(entry: OutboxEntry): Promise<void>;
  /** How long a row is kept for processes that lag. */
  keepMs: number;
}

const pageSize = 500;
/** Ids before the first row that an empty table shows: their transactions may be on their way. */
const firstWindow = 100;
const maxInHand = 5000;
const intervalMs = 2000;
const pausesMs = [50, 200, 1000];
const pruneEveryMs = 60_000;
const columns = 'id, event_id, name, payload, created_at';

export const toEntry = (kind: OutboxEntry['kind'], row: Row): OutboxEntry =>
  ({ id: row.id, kind, name: row.name, payload: JSON.parse(row.payload) as Record<string, unknown>, eventId: row.event_id, createdAt: row.created_at });

/** Gives each new row of `broadcasts` to the handlers of this process, in the order of each conversation. */
export class BroadcastTail {
  readonly poller: Poller;
  readonly #options: TailOptions;
  readonly #gaps = new Gaps();
  readonly #lanes = new Lanes();
  #cursor = 0;
  /** Where this process was, by its own clock: what it passed long ago is deleted. */
  #passed: { at: number; id: number }[] = [];
  #pruneTimer: NodeJS.Timeout | undefined;

  constructor(options: TailOptions) {
    this.#options = options;
    this.poller = new Poller({ poll: () => this.#poll(), intervalMs, log: options.log, name: 'broadcasts' });
  }

  /** Begins at the end: what happened before has no open screen here. */
  async start(): Promise<void> {
    const [last] = await selectRows<{ id: number }>(this.#options.db.knex, 'SELECT id FROM broadcasts ORDER BY id DESC LIMIT 1');
    this.#cursor = last?.id ?? 0;
    this.#passed = [{ at: performance.now(), id: this.#cursor }];
    this.#pruneTimer = setInterval(() => void this.prune(), Math.min(pruneEveryMs, this.#options.keepMs)).unref();
    this.poller.start();
  }

  async stop(): Promise<void> {
    clearInterval(this.#pruneTimer);
    await this.poller.stop();
    await this.#lanes.settled();
  }

  async #poll(): Promise<boolean> {
    if (this.#lanes.count > maxInHand) {
      this.poller.wakeIn(10);
      return false;
    }
    const { knex, dialect } = this.#options.db;
    const rows = await selectRows<Row>(knex, `SELECT ${columns} FROM broadcasts WHERE id > ? ORDER BY id LIMIT ${pageSize}`, [this.#cursor]);
    for (const row of rows) {
      // Parallel transactions on MySQL commit in another order than they take ids.
      if (dialect === 'mysql') this.#gaps.add(this.#cursor || Math.max(0, row.id - firstWindow), row.id);
      this.#cursor = row.id;
      this.#dispatch(row);
    }
    if (this.#gaps.count > 0) await this.#readGaps();
    return rows.length === pageSize;
  }

  async #readGaps(): Promise<void> {
    const ids = this.#gaps.due();
    if (ids.length > 0) {
      const rows = await selectRows<Row>(this.#options.db.knex, `SELECT ${columns} FROM broadcasts WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id`, ids);
      for (const row of rows) {
        this.#gaps.close(row.id);
        this.#dispatch(row);
      }
    }
    if (this.#gaps.count > 0) this.poller.wakeIn(this.#gaps.waitMs());
  }

  #dispatch(row: Row): void {
    const { handle, log } = this.#options;
    const entry = toEntry('broadcast', row);
    this.#lanes.add(laneOf(entry), () => withRetries(() => handle(entry), pausesMs).catch((error: unknown) => {
      log.error({ err: error, topic: entry.name, id: entry.id }, 'a broadcast could not be handled; screens catch up with their next sync');
    }));
  }

  /** Deletes what every process has had the time to read. */
  async prune(): Promise<void> {
    const { db, locks, log, keepMs } = this.#options;
    const now = performance.now();
    this.#passed.push({ at: now, id: this.#cursor });
    const old = this.#passed.findLast((mark) => mark.at <= now - keepMs);
    if (!old) return;
    this.#passed = this.#passed.filter((mark) => mark.at >= old.at);
    await locks.run('broadcasts:prune', async ({ signal }) => {
      for (let isMore = true; isMore && !signal.aborted;) isMore = await deleteOldest(db, old.id);
    }).catch((error: unknown) => log.warn({ err: error }, 'old broadcasts could not be deleted'));
  }
}

/** Deletes up to 1000 rows, so that no writer waits long. */
async function deleteOldest(db: Database, upTo: number): Promise<boolean> {
  const rows = await selectRows<{ id: number }>(db.knex, 'SELECT id FROM broadcasts WHERE id <= ? ORDER BY id LIMIT 1000', [upTo]);
  const last = rows.at(-1);
  if (!last) return false;
  await execute(db.knex, 'DELETE FROM broadcasts WHERE id <= ?', [last.id]);
  return rows.length === 1000;
}
