import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import mysql from 'mysql2/promise';
import { afterAll, describe, inject } from 'vitest';
import { loadConfig, type Config } from '../../core/kernel/config/config.ts';
import { createDatabase } from '../../core/kernel/db/create-database.ts';
import type { Database } from '../../core/kernel/db/database.ts';
import { runMigrations } from '../../core/kernel/db/migrate.ts';
import { createLog, type Log } from '../../core/kernel/log/log.ts';
import { scratchDir } from './scratch.ts';

export type Engine = 'sqlite' | 'mariadb';

/** A fresh, migrated database of one test or file, with what belongs to it. */
export interface TestDatabase {
  readonly engine: Engine;
  readonly config: Config;
  readonly log: Log;
  readonly db: Database;
  /** Another handle on the same database, as another process would have. */
  open(): Promise<Database>;
  close(): Promise<void>;
}

export interface TestDatabaseOptions { isMigrated?: boolean; environment?: Record<string, string> }

const coreMigrations = new URL('../../migrations/', import.meta.url).pathname;

/** Address of the MariaDB or Redis of this test run. */
export async function sharedServer(name: 'mariadb' | 'redis'): Promise<string> {
  const response = await fetch(`${inject('serverBroker')}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** A new database on the MariaDB of this run; `drop` takes it away again. */
export async function freshMariaDb(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await sharedServer('mariadb');
  const name = `pb_${randomBytes(6).toString('hex')}`;
  const query = async (sql: string) => {
    const connection = await mysql.createConnection(`${server}/mysql`);
    await connection.query(sql);
    await connection.end();
  };
  await query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  return { url: `${server}/${name}`, drop: () => query(`DROP DATABASE IF EXISTS ${name}`) };
}

/** Makes a database of this engine in a temporary folder (SQLite) or under a fresh name (MariaDB). */
export async function makeTestDatabase(engine: Engine, options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const dataDir = await scratchDir('pb-data-');
  const maria = engine === 'mariadb' ? await freshMariaDb() : undefined;
  const config = loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: dataDir, DATABASE_URL: maria?.url, ...options.environment });
  const log = createLog({ level: config.logLevel, isPretty: false });
  const handles: Database[] = [];
  const open = async () => {
    const db = await createDatabase(config, log);
    handles.push(db);
    return db;
  };
  const db = await open();
  if (options.isMigrated ?? true) await runMigrations({ db, log, config, dirs: [{ pluginId: '', path: coreMigrations }] });
  const close = async () => {
    await Promise.all(handles.splice(0).map((handle) => handle.close()));
    await maria?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { engine, config, log, db, open, close };
}

/** Runs the same suite on SQLite and on MariaDB. What `make` made is closed when the suite ends. */
export function forEachDatabase(name: string, suite: (make: (options?: TestDatabaseOptions) => Promise<TestDatabase>, engine: Engine) => void): void {
  describe.each(['sqlite', 'mariadb'] as const)(`${name} on %s`, (engine) => {
    const made: TestDatabase[] = [];
    afterAll(async () => {
      for (const database of made.splice(0)) await database.close();
    });
    suite(async (options) => {
      const database = await makeTestDatabase(engine, options);
      made.push(database);
      return database;
    }, engine);
  });
}

/** Polls a condition until it holds; fails with its name at the deadline. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not come true within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
