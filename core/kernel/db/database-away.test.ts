import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { startMariaDb, type TestServer } from '../../../tests/support/servers.ts';
import { createLog } from '../log/log.ts';
import { isDatabaseUnavailable } from './database-errors.ts';
import type { Database } from './database.ts';
import { openMysql } from './mysql-database.ts';
import { openSqlite } from './sqlite-database.ts';

/** The signal reaches the threads of a process one after the other. */
async function isStopped(pid: number): Promise<boolean> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const states = await Promise.all(tasks.map(async (task) => (await readFile(`/proc/${pid}/task/${task}/stat`, 'utf8')).replace(/^.*\) /, '')[0]));
  return states.every((state) => state === 'T');
}

const log = createLog({ level: 'silent', isPretty: false });

describe('MariaDB that goes away', () => {
  let server: TestServer;
  let db: Database;
  beforeAll(async () => {
    server = await startMariaDb();
    const setup = await openMysql(`${server.url}/mysql`, log);
    await setup.knex.raw('CREATE DATABASE desk CHARACTER SET utf8mb4');
    await setup.close();
    db = await openMysql(`${server.url}/desk`, log);
    await db.knex.schema.createTable('notes', (table) => {
      table.increments('id');
      table.integer('n');
    });
  });
  afterAll(async () => {
    await db.close();
    await server.stop();
  });

  it('goes on after its connections were killed', async () => {
    await Promise.all(Array.from({ length: 6 }, () => db.knex.raw('SELECT SLEEP(0.01)')));
    const other = await openMysql(`${server.url}/desk`, log);
    const [list] = await other.knex.raw('SHOW PROCESSLIST') as [{ Id: number }[]];
    const [own] = await other.knex.raw('SELECT CONNECTION_ID() AS id') as [{ id: number }[]];
    for (const { Id } of list) if (Id !== own[0]?.id) await other.knex.raw('KILL ?', [Id]).catch(() => undefined);
    await other.close();
    await eventually('reads again', () => db.knex('notes').select().then(() => true, (error: unknown) => {
      expect(isDatabaseUnavailable(error)).toBe(true);
      return false;
    }));
  });

  it('says 503 while it is down, keeps what it acknowledged, and comes back', async () => {
    await db.transaction(async (trx) => { await trx('notes').insert({ n: 1 }); });
    await server.kill();
    expect(await db.ping()).toBe(false);
    await expect(db.knex('notes').select()).rejects.toSatisfy(isDatabaseUnavailable);
    await expect(db.transaction(async (trx) => { await trx('notes').insert({ n: 2 }); })).rejects.toSatisfy(isDatabaseUnavailable);
    await expect(openMysql(`${server.url}/desk`, log)).rejects.toSatisfy(isDatabaseUnavailable);
    await server.restart();
    await eventually('pings', () => db.ping());
    expect(await db.knex('notes').pluck('n')).toEqual([1]);
  });

  it('answers ping within its time while the server hangs', async () => {
    process.kill(server.pid, 'SIGSTOP');
    try {
      await eventually('stands still', () => isStopped(server.pid));
      const began = performance.now();
      expect(await db.ping()).toBe(false);
      expect(performance.now() - began).toBeLessThan(3000);
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await eventually('pings', () => db.ping());
  });

  it('tries a transaction again that met a deadlock', async () => {
    await db.knex('notes').delete();
    await db.knex('notes').insert([{ id: 1, n: 0 }, { id: 2, n: 0 }]);
    let attempts = 0;
    const both = (first: number, second: number) => db.transaction(async (trx) => {
      attempts += 1;
      await trx('notes').where({ id: first }).increment('n', 1);
      await trx.raw('SELECT SLEEP(0.1)');
      await trx('notes').where({ id: second }).increment('n', 1);
    });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await db.knex('notes').orderBy('id').pluck('n')).toEqual([2, 2]);
  });
});

describe('SQLite', () => {
  const folders: string[] = [];
  const fresh = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pb-away-'));
    folders.push(folder);
    return join(folder, 'desk.sqlite');
  };
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  it('says 503 when its file cannot be opened', async () => {
    const path = await fresh();
    await mkdir(path);
    await expect(openSqlite(path, log)).rejects.toSatisfy(isDatabaseUnavailable);
  });

  it('waits for another process that writes, without standing still', async () => {
    const path = await fresh();
    const db = await openSqlite(path, log);
    await db.knex.schema.createTable('notes', (table) => { table.increments('id'); });
    const source = `import D from 'better-sqlite3'; const d = new D(${JSON.stringify(path)}); d.exec('BEGIN IMMEDIATE');
      console.log('held'); setTimeout(() => { d.exec('COMMIT'); d.close(); }, 700);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: new URL('../../..', import.meta.url).pathname });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    let turns = 0;
    const counter = setInterval(() => { turns += 1; }, 10);
    await db.transaction(async (trx) => { await trx('notes').insert({}); });
    clearInterval(counter);
    expect(turns).toBeGreaterThan(10);
    expect(await db.knex('notes').select()).toHaveLength(1);
    await db.close();
  });

  it('keeps every acknowledged row after kill -9', async () => {
    const path = await fresh();
    const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
    const source = `
      import { openSqlite } from ${url('./sqlite-database.ts')};
      const db = await openSqlite(${JSON.stringify(path)}, undefined);
      await db.knex.schema.createTable('notes', (t) => { t.increments('id'); t.integer('n'); });
      let n = 0;
      for (;;) await Promise.all(Array.from({ length: 5 }, async () => {
        const mine = n++;
        await db.transaction(async (trx) => { await trx('notes').insert({ n: mine }); });
        process.stdout.write(mine + '\\n');
      }));`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    writer.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    await eventually('it has written', () => output.split('\n').length > 200);
    writer.kill('SIGKILL');
    await new Promise((resolve) => writer.once('close', resolve));
    const acknowledged = output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number);
    const db = await openSqlite(path, log);
    const stored = new Set(await db.knex('notes').pluck('n'));
    expect(acknowledged.filter((n) => !stored.has(n))).toEqual([]);
    await db.close();
  });
});
