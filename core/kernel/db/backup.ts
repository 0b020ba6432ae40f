import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { sqliteEngine } from './sqlite-database.ts';

const kept = 5;

/**
 * Copies the SQLite file through the backup API into `folder` and keeps the newest five copies. Answers its path;
 * undefined on MySQL, which is backed up by its own tools.
 */
export async function backupDatabase(db: Database, folder: string, label: string): Promise<string | undefined> {
  const engine = sqliteEngine(db);
  if (!engine) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${label}.sqlite`);
  await engine.reader.backup(`${path}.part`);
  await rename(`${path}.part`, path);
  const copies = (await readdir(folder)).filter((name) => name.endsWith(`-${label}.sqlite`)).sort();
  await Promise.all(copies.slice(0, -kept).map((name) => rm(join(folder, name))));
  return path;
}
