import { isAbsolute, join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Database } from './database.ts';
import { openSqlite } from './sqlite-database.ts';

/** Where the SQLite file is; `sqlite:` addresses that are not absolute are below DATA_DIR. */
export function sqlitePath(config: Config): string {
  const path = (config.databaseUrl ?? '').replace(/^sqlite:(\/\/(?=\/))?/, '');
  if (!path) return join(config.dataDir, 'plugboard.sqlite');
  return isAbsolute(path) ? path : join(config.dataDir, path);
}

/** Opens the database that the configuration names: SQLite under DATA_DIR unless DATABASE_URL says MySQL. Throws 503 `database_unavailable` when it is away. */
export async function createDatabase(config: Config, log: Log): Promise<Database> {
  const isMysql = /^(mysql|mariadb):/.test(config.databaseUrl ?? '');
  if (!isMysql) return openSqlite(sqlitePath(config), log);
  const { openMysql } = await import('./mysql-database.ts');
  return openMysql(config.databaseUrl ?? '', log);
}
