import type { Knex } from 'knex';
import { maxLeaseMs, nowSql } from './clock.ts';
import type { Database } from './database.ts';
import { execute, selectRows, type Binding } from './statement.ts';

/** A table whose rows are claimed under a lease: columns id, available_at, claim_token, attempts. */
export interface ClaimOptions {
  db: Database;
  table: 'outbox' | 'jobs';
  columns: string;
  /** Fencing token: only who knows it may finish the row. */
  token: string;
  leaseMs: number;
  limit: number;
  filter?: { sql: string; bindings: readonly Binding[] };
}

const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');

/** Claims up to `limit` rows whose time has come: no other process gets them until the lease ends. */
export async function claimRows<T>(options: ClaimOptions): Promise<T[]> {
  const { db, table, columns, token, filter, limit } = options;
  const due = `SELECT id FROM ${table} WHERE available_at <= ${nowSql(db)}${filter ? ` AND ${filter.sql}` : ''} ORDER BY available_at, id LIMIT ${limit}`;
  const bindings = filter?.bindings ?? [];
  const waiting = await selectRows<{ id: number }>(db.knex, due, bindings);
  if (waiting.length === 0) return [];
  if (db.dialect === 'sqlite') await take(db.knex, options, waiting);
  else {
    await db.transaction(async (trx) => {
      const free = await selectRows<{ id: number }>(trx, `${due} FOR UPDATE SKIP LOCKED`, bindings);
      if (free.length > 0) await take(trx, options, free);
    });
  }
  return selectRows<T>(db.knex, `SELECT ${columns} FROM ${table} WHERE claim_token = ? ORDER BY id`, [token]);
}

async function take(knex: Knex, { db, table, token, leaseMs }: ClaimOptions, rows: readonly { id: number }[]): Promise<void> {
  const now = nowSql(db);
  await execute(knex,
    `UPDATE ${table} SET claim_token = ?, available_at = ${now} + ?, attempts = attempts + 1 WHERE id IN (${marks(rows)}) AND available_at <= ${now}`,
    [token, leaseMs, ...rows.map((row) => row.id)]);
}

/** Lengthens the leases of a token's rows. */
export async function renewClaims(db: Database, table: ClaimOptions['table'], tokens: readonly string[], leaseMs: number): Promise<void> {
  if (tokens.length === 0) return;
  await execute(db.knex, `UPDATE ${table} SET available_at = ${nowSql(db)} + ? WHERE claim_token IN (${marks(tokens)})`, [leaseMs, ...tokens]);
}

/** Gives rows back whose lease lies too far ahead, because it was taken before the clock was set back. */
export async function freeStrandedClaims(db: Database, table: ClaimOptions['table']): Promise<void> {
  await execute(db.knex, `UPDATE ${table} SET available_at = 0, claim_token = NULL WHERE claim_token IS NOT NULL AND available_at > ${nowSql(db)} + ?`, [maxLeaseMs]);
}
