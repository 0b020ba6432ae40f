import { setTimeout as delay } from 'node:timers/promises';
import { leaseEndedSql, nowSql } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { isDatabaseUnavailable, isUniqueViolation } from '../db/database-errors.ts';
import { execute, selectRows } from '../db/statement.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log/log.ts';
import type { Locks } from './locks.ts';

export interface LocksOptions { db: Database; log: Log; /** Name of this process, for whoever reads the table. */ process: string }

interface Lease { name: string; owner: string; fence: number; leaseMs: number }

/** Locks in the table `locks`, by the database's clock. */
export function createLocks({ db, log, process }: LocksOptions): Locks {
  return {
    async run(name, work, { leaseMs = 30_000, waitMs = 0 } = {}) {
      const lease = await acquire(db, { name, owner: `${process}:${newId()}`, leaseMs }, waitMs);
      if (!lease) return undefined;
      const lost = new AbortController();
      const stopRenewing = keep(db, lease, () => {
        log.warn({ lock: name, fence: lease.fence }, 'a lock was lost');
        lost.abort(new Error(`The lock ${name} was lost`));
      });
      try {
        return await work({ fence: lease.fence, signal: lost.signal });
      } finally {
        await stopRenewing();
        await execute(db.knex, 'UPDATE locks SET expires_at = 0 WHERE name = ? AND owner = ?', [name, lease.owner])
          .catch((error: unknown) => log.warn({ err: error, lock: name }, 'a lock could not be given back; it ends with its lease'));
      }
    },
  };
}

async function acquire(db: Database, wanted: Omit<Lease, 'fence'>, waitMs: number): Promise<Lease | undefined> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const fence = await tryAcquire(db, wanted).catch((error: unknown) => {
      if (waitMs > 0 && isDatabaseUnavailable(error) && performance.now() < deadline) return undefined;
      throw error;
    });
    if (fence !== undefined) return { ...wanted, fence };
    const left = deadline - performance.now();
    if (left <= 0) return undefined;
    await delay(Math.min(left, 50 + Math.random() * 100));
  }
}

async function tryAcquire(db: Database, { name, owner, leaseMs }: Omit<Lease, 'fence'>): Promise<number | undefined> {
  const now = nowSql(db);
  const taken = await execute(db.knex,
    `UPDATE locks SET owner = ?, fence = fence + 1, expires_at = ${now} + ? WHERE name = ? AND ${leaseEndedSql(db, 'expires_at')}`,
    [owner, leaseMs, name]);
  if (taken.changes === 0) {
    const [row] = await selectRows(db.knex, 'SELECT fence FROM locks WHERE name = ?', [name]);
    if (row) return undefined;
    try {
      await execute(db.knex, `INSERT INTO locks (name, owner, fence, expires_at) VALUES (?, ?, 1, ${now} + ?)`, [name, owner, leaseMs]);
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }
  const [row] = await selectRows<{ fence: number }>(db.knex, 'SELECT fence FROM locks WHERE name = ? AND owner = ?', [name, owner]);
  return row?.fence;
}

/** Renews the lease three times in its length; calls `lost` once when another owner has it or the database stayed away too long. */
function keep(db: Database, { name, owner, leaseMs }: Lease, lost: () => void): () => Promise<void> {
  const stopped = new AbortController();
  const renewed = (async () => {
    let heldUntil = performance.now() + leaseMs;
    while (await pause(leaseMs / 3, stopped.signal)) {
      const began = performance.now();
      const changes = await execute(db.knex, `UPDATE locks SET expires_at = ${nowSql(db)} + ? WHERE name = ? AND owner = ?`, [leaseMs, name, owner])
        .then((result) => result.changes, () => undefined);
      if (changes === 1) heldUntil = began + leaseMs;
      if (changes === 0 || performance.now() > heldUntil) return lost();
    }
  })();
  return async () => {
    stopped.abort();
    await renewed;
  };
}

const pause = (ms: number, signal: AbortSignal) => delay(ms, true, { signal, ref: false }).catch(() => false);
