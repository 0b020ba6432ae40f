import SqliteDriver from 'better-sqlite3';
import type Sqlite from 'better-sqlite3';
import type { Knex } from 'knex';
import { AsyncResource } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { toDatabaseError } from './database-errors.ts';
import type { SqliteQuery } from './sqlite-client.ts';
import { currentScope, inScope, newScope, refuseNesting, tellCommitted, type TransactionScope } from './transaction-scope.ts';

interface Waiting { run(): Promise<void> | void; settle(): void; fail(error: unknown): void }

/** How long one shared transaction may take in new work, and how long it waits for another process that writes. */
const maxBatch = 512;
const maxBatchMs = 50;
const busyMs = 5000;
const maxStatements = 500;

/**
 * The two connections of a SQLite file and the queue of its one writer. Work that waits at the same moment runs one by
 * one, each in its savepoint, inside one BEGIN IMMEDIATE … COMMIT; promises settle after that commit.
 */
export class SqliteEngine {
  readonly writer: Sqlite.Database;
  readonly reader: Sqlite.Database;
  readonly #statements = new Map<Sqlite.Database, Map<string, Sqlite.Statement>>();
  readonly #queue: Waiting[] = [];
  #turn: TransactionScope | undefined;
  #isRunning = false;
  #isClosed = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.writer = new SqliteDriver(path, { timeout: busyMs });
    this.writer.pragma('journal_mode = WAL');
    this.reader = new SqliteDriver(path, { timeout: busyMs });
    for (const connection of [this.writer, this.reader]) {
      connection.pragma('synchronous = FULL');
      connection.pragma('foreign_keys = ON');
      connection.pragma('cache_size = -32000');
      connection.pragma('temp_store = MEMORY');
      this.#statements.set(connection, new Map());
    }
    // A writer of another process is waited for without blocking this one: see #begin.
    this.writer.pragma('busy_timeout = 20');
    this.reader.pragma('query_only = ON');
  }

  /** The prepared statement of this text, made once per connection. */
  statement(connection: Sqlite.Database, sql: string): Sqlite.Statement {
    const known = this.#statements.get(connection);
    const found = known?.get(sql);
    if (found && !found.busy) return found;
    const made = connection.prepare(sql);
    if (known && known.size >= maxStatements) known.delete(known.keys().next().value ?? '');
    known?.set(sql, made);
    return made;
  }

  execute(connection: Sqlite.Database, query: SqliteQuery, bindings: readonly unknown[]): SqliteQuery {
    try {
      const statement = this.statement(connection, query.sql);
      if (statement.reader) {
        query.response = statement.all(...bindings);
        return query;
      }
      const result = statement.run(...bindings);
      query.response = result;
      query.context = { lastID: result.lastInsertRowid, changes: result.changes };
      return query;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  /** Refuses a statement of a transaction that is over, so that it cannot slip into its neighbour's. */
  requireOwnTurn(): void {
    const scope = currentScope();
    if (!this.#turn || (scope && scope !== this.#turn)) throw new Error('Transaction query already complete: the transaction of this statement is over');
  }

  /** Queues one transaction. */
  async transaction<T>(trx: Knex.Transaction, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    refuseNesting('A transaction');
    const scope = newScope();
    return new Promise<T>((resolve, reject) => {
      let result: T;
      this.#enqueue({
        run: AsyncResource.bind(async () => {
          result = await this.#savepoint(scope, () => inScope(scope, trx, work));
        }),
        settle: () => {
          resolve(result);
          tellCommitted(scope);
        },
        fail: reject,
      });
    });
  }

  /** Queues one statement that writes outside of a transaction. */
  async write(query: SqliteQuery, bindings: readonly unknown[]): Promise<SqliteQuery> {
    refuseNesting('A write on knex');
    return new Promise((resolve, reject) => {
      this.#enqueue({ run: () => void this.execute(this.writer, query, bindings), settle: () => resolve(query), fail: reject });
    });
  }

  /** Runs what waits, then closes both connections. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#idle;
    this.reader.close();
    this.writer.close();
  }

  #enqueue(waiting: Waiting): void {
    if (this.#isClosed) return waiting.fail(toDatabaseError(Object.assign(new Error('The database is closed'), { code: 'POOL_CLOSED' })));
    this.#queue.push(waiting);
    if (this.#isRunning) return;
    this.#isRunning = true;
    // What arrives in the same turn of the event loop shares the commit.
    this.#idle = new Promise((resolve) => {
      setImmediate(() => void this.#drain().then(resolve));
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#shareCommit();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isRunning = false;
  }

  async #shareCommit(): Promise<void> {
    try {
      await this.#begin();
    } catch (error) {
      for (const waiting of this.#queue.splice(0)) waiting.fail(toDatabaseError(error));
      return;
    }
    const done: Waiting[] = [];
    try {
      const end = performance.now() + maxBatchMs;
      while (this.#queue.length > 0 && done.length < maxBatch && performance.now() < end) {
        const next = this.#queue.shift() as Waiting;
        if (await this.#runOne(next)) done.push(next);
        // A full disk or a broken file makes SQLite take everything back by itself.
        if (!this.writer.inTransaction) throw Object.assign(new Error('SQLite rolled the transaction back'), { code: 'SQLITE_FULL' });
      }
      this.writer.exec('COMMIT');
    } catch (error) {
      if (this.writer.inTransaction) this.writer.exec('ROLLBACK');
      for (const waiting of done) waiting.fail(toDatabaseError(error));
      return;
    }
    for (const waiting of done) waiting.settle();
  }

  async #runOne(waiting: Waiting): Promise<boolean> {
    try {
      await waiting.run();
      return true;
    } catch (error) {
      waiting.fail(toDatabaseError(error));
      return false;
    }
  }

  async #savepoint<T>(scope: TransactionScope, run: () => Promise<T>): Promise<T> {
    this.writer.exec('SAVEPOINT work');
    this.#turn = scope;
    try {
      const result = await run();
      this.writer.exec('RELEASE work');
      return result;
    } catch (error) {
      if (this.writer.inTransaction) this.writer.exec('ROLLBACK TO work; RELEASE work');
      throw error;
    } finally {
      this.#turn = undefined;
    }
  }

  async #begin(): Promise<void> {
    const deadline = performance.now() + busyMs;
    for (;;) {
      try {
        this.writer.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const isBusy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY');
        if (!isBusy || performance.now() > deadline) throw error;
        await delay(10 + Math.random() * 20);
      }
    }
  }
}
