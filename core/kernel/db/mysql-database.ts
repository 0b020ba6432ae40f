import knex, { type Knex } from 'knex';
import type { ConnectionOptions } from 'mysql2';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import type { Database } from './database.ts';
import { isRetryable, toDatabaseError } from './database-errors.ts';
import { knexLog } from './knex-log.ts';
import { MysqlClient } from './mysql-client.ts';
import { Slots } from './slots.ts';
import { inScope, newScope, refuseNesting, tellCommitted } from './transaction-scope.ts';

const poolSize = 10;
/** Fewer than connections: a transaction that also reads outside of itself always finds one. */
const maxTransactions = 8;
const maxAttempts = 5;

/** MySQL 8 or MariaDB ≥ 10.6 by URL. */
export async function openMysql(url: string, log: Log): Promise<Database> {
  const instance = knex({
    client: MysqlClient as unknown as typeof Knex.Client,
    connection: connectionOf(url) as Knex.MySql2ConnectionConfig,
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 60_000 },
    acquireConnectionTimeout: 10_000,
    compileSqlOnError: false,
    log: knexLog(log),
  });
  const slots = new Slots(maxTransactions);
  const db: Database = {
    knex: instance,
    dialect: 'mysql',
    transaction: async (work) => {
      refuseNesting('A transaction');
      return slots.run(() => retried(() => committed(instance, work)));
    },
    ping: () => answers(instance),
    close: () => instance.destroy(),
  };
  await warnOfWeakSettings(instance, log).catch(async (error: unknown) => {
    await instance.destroy();
    throw toDatabaseError(error);
  });
  return db;
}

function connectionOf(url: string): ConnectionOptions {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const socketPath = searchParams.get('socketPath');
  return {
    ...(socketPath ? { socketPath } : { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3306) }),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ...(searchParams.get('ssl') ? { ssl: { rejectUnauthorized: searchParams.get('ssl') !== 'insecure' } } : {}),
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    decimalNumbers: true,
    connectTimeout: 5000,
    enableKeepAlive: true,
  };
}

async function committed<T>(instance: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const scope = newScope();
  const result = await instance.transaction((trx) => inScope(scope, trx, work));
  tellCommitted(scope);
  return result;
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || attempt === maxAttempts) throw error;
      await delay(Math.random() * 10 * 2 ** attempt);
    }
  }
}

async function answers(instance: Knex): Promise<boolean> {
  const abort = new AbortController();
  const late = delay(2000, false, { signal: abort.signal }).catch(() => false);
  const reply = instance.raw('SELECT 1').then(() => true, () => false);
  const result = await Promise.race([reply, late]);
  abort.abort();
  return result;
}

async function warnOfWeakSettings(instance: Knex, log: Log): Promise<void> {
  const [rows] = await instance.raw<[{ version: string; flush: number; charset: string }[]]>(
    'SELECT VERSION() AS version, @@GLOBAL.innodb_flush_log_at_trx_commit AS flush, @@character_set_database AS charset');
  const row = rows?.[0];
  if (row && row.flush !== 1) log.warn({ value: row.flush }, 'innodb_flush_log_at_trx_commit is not 1: a power cut may lose acknowledged messages');
  if (row && row.charset !== 'utf8mb4') log.warn({ value: row.charset }, 'the database is not utf8mb4: create it with CHARACTER SET utf8mb4');
}
