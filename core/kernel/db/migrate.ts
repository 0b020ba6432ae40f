import type { Knex } from 'knex';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../config/config.ts';
import { createLocks } from '../locks/create-locks.ts';
import type { Log } from '../log/log.ts';
import { backupDatabase } from './backup.ts';
import type { Database } from './database.ts';
import { ensureJournal, finishedSteps, isAnyStepFinished, markFinished, markStarted } from './journal.ts';

export interface MigrationFolder {
  /** '' for core. */
  pluginId: string;
  path: string;
  /** What `up` gets instead of knex: a plugin sees only its own tables. */
  argument?(knex: Knex): unknown;
}

export interface MigrationOptions {
  db: Database;
  log: Log;
  config: Pick<Config, 'dataDir' | 'process'>;
  dirs: readonly MigrationFolder[];
  /** How long another process that migrates is waited for. */
  waitMs?: number;
}

/** The database has steps that this version does not know. Its message is one line for whoever starts the desk. */
export class NewerSchemaError extends Error {}

interface Step { folder: MigrationFolder; name: string; file: string }

/**
 * Brings the schema up to date. One process migrates at a time; each file is one re-runnable step with a row in the journal, so a
 * process that dies leaves the rest to the next one. On SQLite a step and its row are one transaction; MySQL commits DDL at
 * once, there a step that was cut runs again. Answers the names of the steps that ran here.
 */
export async function runMigrations({ db, log, config, dirs, waitMs = 600_000 }: MigrationOptions): Promise<string[]> {
  await ensureJournal(db);
  const locks = createLocks({ db, log, process: config.process });
  const ran: string[] = [];
  while ((await pendingSteps(db, dirs)).length > 0) {
    const isHeld = await locks.run('migrations', async ({ signal }) => {
      const steps = await pendingSteps(db, dirs);
      if (steps.length > 0 && await isAnyStepFinished(db.knex)) {
        const copy = await backupDatabase(db, join(config.dataDir, 'backups'), 'before-upgrade');
        if (copy) log.info({ copy }, 'the database was backed up before the upgrade');
      }
      for (const step of steps) {
        if (signal.aborted) return true;
        await runStep(db, step);
        ran.push(step.name);
        log.debug({ step: step.name, plugin: step.folder.pluginId || undefined }, 'migrated');
      }
      return true;
    }, { waitMs, leaseMs: 10_000 });
    if (!isHeld) throw new Error('Another process has been migrating the database for too long: see the table locks');
  }
  if (ran.length > 0) log.info({ steps: ran.length }, 'the database schema is up to date');
  return ran;
}

/** The steps that wait, in the order of the folders and their names. */
async function pendingSteps(db: Database, dirs: readonly MigrationFolder[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const folder of dirs) {
    const files = (await readdir(folder.path)).filter((file) => /^\d{4}-[\w-]+\.(ts|js)$/.test(file)).sort();
    const finished = await finishedSteps(db.knex, folder.pluginId);
    const known = new Map(files.map((file) => [file.replace(/\.\w+$/, ''), file]));
    const unknown = [...finished].find((name) => !known.has(name));
    if (unknown) {
      const whose = folder.pluginId ? `of the plugin ${folder.pluginId} ` : '';
      throw new NewerSchemaError(`The database ${whose}is newer than this version (it has the step ${unknown}): install the newer version again or restore a backup`);
    }
    for (const [name, file] of known) {
      if (!finished.has(name)) steps.push({ folder, name, file: join(folder.path, file) });
    }
  }
  return steps;
}

async function runStep(db: Database, { folder, name, file }: Step): Promise<void> {
  const { up } = await import(pathToFileURL(file).href) as { up?: (argument: unknown) => Promise<void> };
  if (!up) throw new Error(`${file} does not export up()`);
  const run = async (knex: Knex) => {
    await markStarted(knex, folder.pluginId, name);
    await up(folder.argument ? folder.argument(knex) : knex);
    await markFinished(knex, folder.pluginId, name);
  };
  if (db.dialect === 'mysql') return run(db.knex);
  return db.transaction(async (trx) => {
    if (!(await finishedSteps(trx, folder.pluginId)).has(name)) await run(trx);
  });
}
