import { spawn } from 'node:child_process';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../../tests/support/databases.ts';
import { finishedSteps } from './journal.ts';
import { NewerSchemaError, runMigrations } from './migrate.ts';

const step = (table: string, extra = '') => `export async function up(knex) {
  if (!(await knex.schema.hasTable('${table}'))) await knex.schema.createTable('${table}', (t) => { t.increments('id'); });
  ${extra}
}`;

async function folderOf(files: Record<string, string>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pb-steps-'));
  for (const [name, source] of Object.entries(files)) await writeFile(join(path, `${name}.ts`), source);
  return path;
}

forEachDatabase('Migrations', (make) => {
  const migrate = ({ db, log, config }: TestDatabase, path: string, pluginId = '') => runMigrations({ db, log, config, dirs: [{ pluginId, path }] });

  it('runs each step once, in the order of the names', async () => {
    const database = await make({ isMigrated: false });
    const path = await folderOf({ '0002-two': step('two'), '0001-one': step('one') });
    expect(await migrate(database, path)).toEqual(['0001-one', '0002-two']);
    expect(await migrate(database, path)).toEqual([]);
    await writeFile(join(path, '0003-three.ts'), step('three'));
    expect(await migrate(database, path)).toEqual(['0003-three']);
  });

  it('brings the whole core schema up', async () => {
    const { db } = await make();
    expect(await db.knex.schema.hasTable('outbox')).toBe(true);
  });

  it('lets two processes that start together run each step once', async () => {
    const database = await make({ isMigrated: false });
    const other = await database.open();
    const count = `await knex('one').insert({});`;
    const path = await folderOf({ '0001-one': step('one', count), '0002-two': step('two', count), '0003-three': step('three', count) });
    const [mine, theirs] = await Promise.all([migrate(database, path), migrate({ ...database, db: other }, path)]);
    expect([...mine, ...theirs].sort()).toEqual(['0001-one', '0002-two', '0003-three']);
    expect(await database.db.knex('one').select()).toHaveLength(3);
  });

  it('keeps the steps before the one that fails and goes on with it later', async () => {
    const database = await make({ isMigrated: false });
    const path = await folderOf({ '0001-one': step('one'), '0002-two': step('two', `throw new Error('cut');`) });
    await expect(migrate(database, path)).rejects.toThrow('cut');
    expect([...await finishedSteps(database.db.knex, '')]).toEqual(['0001-one']);
    const mended = await folderOf({ '0001-one': step('one'), '0002-two': step('two') });
    expect(await migrate(database, mended)).toEqual(['0002-two']);
  });

  it('refuses a database that is newer, in one line that names the step', async () => {
    const database = await make({ isMigrated: false });
    await migrate(database, await folderOf({ '0001-one': step('one'), '0002-future': step('future') }));
    const older = await folderOf({ '0001-one': step('one') });
    await expect(migrate(database, older)).rejects.toThrow(NewerSchemaError);
    await expect(migrate(database, older)).rejects.toThrow(/^[^\n]*0002-future[^\n]*$/);
  });

  it('keeps the steps of a plugin apart from those of core', async () => {
    const database = await make({ isMigrated: false });
    await migrate(database, await folderOf({ '0001-one': step('one') }));
    expect(await migrate(database, await folderOf({ '0001-one': step('p_test_one') }), 'test')).toEqual(['0001-one']);
  });

  it('survives kill -9 inside a step and between steps', async () => {
    const database = await make({ isMigrated: false });
    const files = { '0001-one': step('one'), '0002-two': step('two', `if (process.env.PB_CUT) process.kill(process.pid, 'SIGKILL');`), '0003-three': step('three') };
    const path = await folderOf(files);
    await killedWhileMigrating(database, path);
    expect([...await finishedSteps(database.db.knex, '')]).toEqual(['0001-one']);
    // The dead process still holds the lock: its lease ends first.
    await database.db.knex('locks').where({ name: 'migrations' }).update({ expires_at: 1 });
    expect(await migrate(database, path)).toEqual(['0002-two', '0003-three']);
  });

  it('backs a SQLite file up before it is upgraded, and not when it is new', async () => {
    const database = await make({ isMigrated: false });
    const backups = () => readdir(join(database.config.dataDir, 'backups')).catch(() => []);
    const path = await folderOf({ '0001-one': step('one') });
    await migrate(database, path);
    expect(await backups()).toEqual([]);
    await writeFile(join(path, '0002-two.ts'), step('two'));
    await migrate(database, path);
    expect(await backups()).toHaveLength(database.engine === 'sqlite' ? 1 : 0);
  });
});

/** Migrates in a process of its own, which the step 0002 kills. */
async function killedWhileMigrating({ config }: TestDatabase, path: string): Promise<void> {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const source = `
    import { createDatabase } from ${url('./create-database.ts')};
    import { runMigrations } from ${url('./migrate.ts')};
    import { createLog } from ${url('../log/log.ts')};
    import { loadConfig } from ${url('../config/config.ts')};
    const config = loadConfig(process.env);
    const log = createLog({ level: 'silent', isPretty: false });
    await runMigrations({ db: await createDatabase(config, log), log, config, dirs: [{ pluginId: '', path: ${JSON.stringify(path)} }] });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: process.env['PATH'], PB_CUT: '1', NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: config.dataDir, DATABASE_URL: config.databaseUrl },
  });
  const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
}
