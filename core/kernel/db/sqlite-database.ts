import knex, { type Knex } from 'knex';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../log/log.ts';
import type { Database } from './database.ts';
import { toDatabaseError } from './database-errors.ts';
import { knexLog } from './knex-log.ts';
import { SqliteClient } from './sqlite-client.ts';
import { SqliteEngine } from './sqlite-engine.ts';

const engines = new WeakMap<Database, SqliteEngine>();

/** The connections behind a SQLite database, for the backup; undefined for MySQL. */
export const sqliteEngine = (db: Database): SqliteEngine | undefined => engines.get(db);

/**
 * SQLite in one file. `knex` reads on its own connection and sees what was committed before the statement;
 * its writes wait for the writer's turn. Inside a transaction write with the given one only.
 */
export async function openSqlite(path: string, log: Log): Promise<Database> {
  const engine = openEngine(path);
  const instance = knex({
    client: SqliteClient as unknown as typeof Knex.Client,
    connection: { filename: path },
    useNullAsDefault: true,
    compileSqlOnError: false,
    log: knexLog(log),
    engine,
  } as Knex.Config);
  const writer = await writerTransaction(instance, engine);
  const db: Database = {
    knex: instance,
    dialect: 'sqlite',
    transaction: (work) => engine.transaction(writer, work),
    ping: async () => answers(engine),
    close: async () => {
      await engine.close();
      await instance.destroy();
    },
  };
  engines.set(db, engine);
  return db;
}

function answers(engine: SqliteEngine): boolean {
  try {
    return engine.reader.open && engine.statement(engine.reader, 'SELECT COUNT(*) FROM sqlite_master').get() !== undefined;
  } catch {
    return false;
  }
}

function openEngine(path: string): SqliteEngine {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const engine = new SqliteEngine(path);
    chmodSync(path, 0o600);
    return engine;
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/** One transaction object for the life of the database: making one per message would cost more than the message. */
const writerTransaction = (instance: Knex, engine: SqliteEngine) =>
  new Promise<Knex.Transaction>((resolve, reject) => {
    instance.transaction((trx) => { resolve(trx); }, { connection: engine.writer } as Knex.TransactionConfig).catch(reject);
  });
