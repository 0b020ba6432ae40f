import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { claimRows, freeStrandedClaims, renewClaims } from '../db/claim.ts';
import { nowSql } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { isUniqueViolation } from '../db/database-errors.ts';
import { execute, selectRows } from '../db/statement.ts';

export interface JobRow { id: number; name: string; dedupe_key: string | null; data: string; attempts: number; claim_token: string }
export interface FailedJob { id: string; name: string; error: string; failedAt: number }

/** Far enough away that no worker asks for it. */
const never = Number.MAX_SAFE_INTEGER;
const keptFailures = 1000;

const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 4000);

/** The table `jobs`: the queue itself without Redis, the way into BullMQ with it, and the list of failed jobs for both. */
export class JobStore {
  readonly #db: Database;
  readonly #leaseMs: number;

  constructor(db: Database, leaseMs: number) {
    this.#db = db;
    this.#leaseMs = leaseMs;
  }

  /** Answers false when a job with this id is there already. */
  async insert(knex: Knex, name: string, data: unknown, { id, delayMs = 0 }: { id?: string; delayMs?: number }): Promise<boolean> {
    const key = id === undefined ? null : createHash('sha256').update(`${name}\0${id}`).digest('hex');
    try {
      await execute(knex, `INSERT INTO jobs (name, dedupe_key, data, created_at, available_at) VALUES (?, ?, ?, ?, ${nowSql(this.#db)} + ?)`,
        [name, key, JSON.stringify(data ?? null), Date.now(), Math.round(delayMs)]);
      return true;
    } catch (error) {
      if (key !== null && isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Which of the names have jobs whose time has come. */
  async dueNames(names: readonly string[]): Promise<string[]> {
    if (names.length === 0) return [];
    const rows = await selectRows<{ name: string }>(this.#db.knex,
      `SELECT name FROM jobs WHERE name IN (${marks(names)}) AND available_at <= ${nowSql(this.#db)} GROUP BY name`, names);
    return rows.map((row) => row.name);
  }

  claim(token: string, limit: number, name?: string): Promise<JobRow[]> {
    return claimRows<JobRow>({
      db: this.#db, table: 'jobs', columns: 'id, name, dedupe_key, data, attempts, claim_token', token, leaseMs: this.#leaseMs, limit,
      ...(name === undefined ? {} : { filter: { sql: 'name = ?', bindings: [name] } }),
    });
  }

  /** Renews the leases and answers the ids of the rows that these tokens still hold. */
  async renew(tokens: readonly string[]): Promise<Set<number>> {
    await renewClaims(this.#db, 'jobs', tokens, this.#leaseMs);
    await freeStrandedClaims(this.#db, 'jobs').catch(() => undefined);
    if (tokens.length === 0) return new Set();
    const rows = await selectRows<{ id: number }>(this.#db.knex, `SELECT id FROM jobs WHERE claim_token IN (${marks(tokens)})`, tokens);
    return new Set(rows.map((row) => row.id));
  }

  async finish(row: JobRow): Promise<void> {
    await execute(this.#db.knex, 'DELETE FROM jobs WHERE id = ? AND claim_token = ?', [row.id, row.claim_token]);
  }

  /** Back into the queue after `delayMs`; `attempts` is how often it counts as tried. */
  async putBack(row: JobRow, delayMs: number, attempts: number): Promise<void> {
    await execute(this.#db.knex, `UPDATE jobs SET available_at = ${nowSql(this.#db)} + ?, attempts = ?, claim_token = NULL WHERE id = ? AND claim_token = ?`,
      [Math.round(delayMs), attempts, row.id, row.claim_token]);
  }

  async fail(row: JobRow, error: unknown): Promise<void> {
    await execute(this.#db.knex, 'UPDATE jobs SET available_at = ?, claim_token = NULL, dedupe_key = NULL, failed_at = ?, error = ? WHERE id = ? AND claim_token = ?',
      [never, Date.now(), messageOf(error), row.id, row.claim_token]);
  }

  /** Notes a job that failed in another queue. */
  async addFailed(name: string, data: unknown, attempts: number, error: unknown): Promise<void> {
    await execute(this.#db.knex, 'INSERT INTO jobs (name, data, created_at, available_at, attempts, failed_at, error) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [name, JSON.stringify(data ?? null), Date.now(), never, attempts, Date.now(), messageOf(error)]);
  }

  async waiting(namePrefix: string): Promise<number> {
    const pattern = `${namePrefix.replace(/[!%_]/g, '!$&')}%`;
    const [row] = await selectRows<{ count: number }>(this.#db.knex, `SELECT COUNT(*) AS count FROM jobs WHERE name LIKE ? ESCAPE '!' AND failed_at IS NULL`, [pattern]);
    return row?.count ?? 0;
  }

  async failed(limit: number): Promise<FailedJob[]> {
    const rows = await selectRows<{ id: number; name: string; error: string; failed_at: number }>(this.#db.knex,
      `SELECT id, name, error, failed_at FROM jobs WHERE failed_at IS NOT NULL ORDER BY failed_at DESC, id DESC LIMIT ${Math.trunc(limit)}`);
    return rows.map((row) => ({ id: String(row.id), name: row.name, error: row.error, failedAt: row.failed_at }));
  }

  /** Keeps the newest failures only. */
  async pruneFailed(): Promise<void> {
    const oldest = (await this.failed(keptFailures)).at(keptFailures - 1);
    if (oldest) await execute(this.#db.knex, 'DELETE FROM jobs WHERE failed_at < ?', [oldest.failedAt]);
  }
}
