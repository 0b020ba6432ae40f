import type Sqlite from 'better-sqlite3';
import BetterSqliteClient from 'knex/lib/dialects/better-sqlite3/index.js';
import { toDatabaseError } from './database-errors.ts';
import type { SqliteEngine } from './sqlite-engine.ts';

export interface SqliteQuery { sql: string; bindings?: readonly unknown[]; response?: unknown; context?: { lastID: number | bigint; changes: number } }

/**
 * Knex on the two connections of a SqliteEngine. What only reads runs on the reader, also while a transaction is open; a
 * write outside of a transaction waits in the writer's queue and shares its commit. Both connections answer
 * synchronously, so no pool stands in between.
 */
export class SqliteClient extends BetterSqliteClient {
  get engine(): SqliteEngine {
    return (this.config as unknown as { engine: SqliteEngine }).engine;
  }

  override acquireConnection(): Promise<Sqlite.Database> {
    return Promise.resolve(this.engine.reader);
  }

  override releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  /** The engine's own transaction begins and ends by hand, once per shared commit; all others are savepoints in it. */
  override transaction(container: unknown, config?: { connection?: unknown }, outerTx?: unknown) {
    const transaction = super.transaction(container, config, outerTx);
    if (!outerTx) {
      if (config?.connection !== this.engine.writer) throw new Error('Use Database.transaction: knex.transaction has no place in the writer queue');
      (transaction as unknown as { begin(): Promise<void> }).begin = () => Promise.resolve();
    }
    return transaction;
  }

  async _query(connection: Sqlite.Database, query: SqliteQuery): Promise<SqliteQuery> {
    const { engine } = this;
    const bindings = this._formatBindings(query.bindings);
    if (connection === engine.writer) {
      engine.requireOwnTurn();
      return engine.execute(connection, query, bindings);
    }
    try {
      if (engine.statement(connection, query.sql).readonly) return engine.execute(connection, query, bindings);
    } catch (error) {
      throw toDatabaseError(error);
    }
    return engine.write(query, bindings);
  }
}
