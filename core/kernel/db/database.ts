import type { Knex } from 'knex';

/** One database, SQLite or MySQL/MariaDB. Times are epoch ms in bigints, JSON is text, ids in URLs are `uid`. */
export interface Database {
  readonly knex: Knex;
  readonly dialect: 'sqlite' | 'mysql';
  /**
   * One transaction (SQLite `BEGIN IMMEDIATE`), retried on a deadlock or lock time-out. Work that waits at the same moment
   * may share one commit on SQLite; each still succeeds or fails alone, and the promise settles only after commit.
   */
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Cheap proof of life, within 2 s. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}
