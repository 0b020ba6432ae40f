import type { Connection } from 'mysql2';
import Mysql2Client from 'knex/lib/dialects/mysql2/index.js';
import { toDatabaseError } from './database-errors.ts';

type Query = Parameters<Mysql2Client['_query']>[1];

/**
 * READ COMMITTED takes no gap locks, so that inserts into one index do not deadlock; what relies on a row locks it.
 * Strict mode refuses what would be cut; a lock is waited for 5 s, then the transaction is tried again.
 */
const sessionSetup = `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  time_zone = '+00:00', innodb_lock_wait_timeout = 5`;
const queryTimeoutMs = 30_000;
const isDdl = /^\s*(alter|create|drop|rename|truncate|optimize)\b/i;

/** Knex on mysql2 with our session settings, a time-out per statement, and errors that say when the database is away. */
export class MysqlClient extends Mysql2Client {
  override async acquireConnection(): Promise<Connection> {
    try {
      return await super.acquireConnection() as Connection;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  override async acquireRawConnection(): Promise<Connection> {
    const connection = await super.acquireRawConnection();
    for (const sql of ['SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', sessionSetup]) {
      await connection.promise().query(sql);
    }
    return connection;
  }

  override async _query(connection: Connection, query: Query): Promise<unknown> {
    const timed = typeof query === 'string' ? { sql: query } as Query : query;
    if (!isDdl.test(timed.sql)) timed.options = { timeout: queryTimeoutMs, ...timed.options };
    try {
      return await super._query(connection, timed);
    } catch (error) {
      if ((error as { code?: string }).code === 'PROTOCOL_SEQUENCE_TIMEOUT') this.#discard(connection, error);
      throw toDatabaseError(error);
    }
  }

  /** A connection that did not answer still runs the statement: it must not serve anybody else. */
  #discard(connection: Connection, error: unknown): void {
    Object.assign(connection, { __knex__disposed: error });
    connection.destroy();
  }
}
