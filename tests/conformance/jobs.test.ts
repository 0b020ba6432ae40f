import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDatabase } from '../../core/kernel/db/create-database.ts';
import { createJobs } from '../../core/kernel/jobs/create-jobs.ts';
import type { Job, Jobs } from '../../core/kernel/jobs/jobs.ts';
import { createLocks } from '../../core/kernel/locks/create-locks.ts';
import { eventually, makeTestDatabase, sharedServer, type Engine, type TestDatabase } from '../support/databases.ts';

const kinds = [['embedded', 'sqlite'], ['embedded', 'mariadb'], ['BullMQ', 'sqlite'], ['BullMQ', 'mariadb']] as const;
const leaseMs = 1500;

interface JobsDesk { database: TestDatabase; redisUrl: string | undefined; jobs: Jobs; another(): Promise<Jobs> }

// Most of these wait for a lease, a delay or a tick: they wait together, each on a database of its own.
describe.each(kinds)('Jobs: %s, %s', { concurrent: true }, (queue, engine: Engine) => {
  /** The jobs of one process on a new database; `another` is a second process of the same desk. */
  const it = test.extend<{ desk: () => Promise<JobsDesk> }>({
    desk: async ({}, use) => {
      const closers: (() => Promise<void>)[] = [];
      const processOf = async ({ config, log }: TestDatabase, redisUrl: string | undefined): Promise<Jobs> => {
        const db = await createDatabase(config, log);
        closers.push(() => db.close());
        const jobs = await createJobs({ db, config: { redisUrl, role: 'all' }, log, locks: createLocks({ db, log, process: 'test' }), process: 'test', leaseMs });
        closers.push(() => jobs.stop(100));
        return jobs;
      };
      await use(async () => {
        const database = await makeTestDatabase(engine);
        closers.push(() => database.close());
        const redisUrl = queue === 'BullMQ' ? `${await sharedServer('redis')}/0?prefix=${randomBytes(4).toString('hex')}` : undefined;
        return { database, redisUrl, jobs: await processOf(database, redisUrl), another: () => processOf(database, redisUrl) };
      });
      for (const close of closers.reverse()) await close();
    },
  });
  const quick = { backoff: () => 10 };

  it('runs each job with its data and forgets it', async ({ desk }) => {
    const { jobs, database } = await desk();
    const ran: unknown[] = [];
    jobs.define('a', async (job) => void ran.push([job.name, job.data, job.attempt]));
    await jobs.start();
    await jobs.add('a', { n: 1 });
    await jobs.add('a', { n: 2 });
    await eventually('both ran', () => ran.length === 2);
    expect(ran).toEqual(expect.arrayContaining([['a', { n: 1 }, 1], ['a', { n: 2 }, 1]]));
    await eventually('none waits', async () => (await jobs.waiting('a')) === 0);
    expect(await database.db.knex('jobs').select()).toEqual([]);
  });

  it('tries again after its back-off and then lists what failed', async ({ desk }) => {
    const { jobs } = await desk();
    const attempts: number[] = [];
    const asked: number[] = [];
    jobs.define('flaky', async ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw new Error('not yet');
    }, { backoff: (attempt) => { asked.push(attempt); return 10; } });
    jobs.define('hopeless', async () => { throw new Error('never'); }, { attempts: 2, ...quick });
    await jobs.start();
    await jobs.add('flaky', null);
    await jobs.add('hopeless', null);
    await eventually('third attempt', () => attempts.length === 3);
    expect(attempts).toEqual([1, 2, 3]);
    expect(asked).toEqual([2, 3]);
    await eventually('listed', async () => (await jobs.failed(10)).length === 1);
    expect((await jobs.failed(10))[0]).toMatchObject({ name: 'hopeless', error: 'never' });
  });

  it('drops a second job with the id of one that waits or runs, not of one that is over', async ({ desk }) => {
    const { jobs } = await desk();
    let runs = 0;
    const gate = Promise.withResolvers<void>();
    jobs.define('once', async () => {
      runs += 1;
      await gate.promise;
    });
    await jobs.add('once', null, { id: 'x' });
    await jobs.add('once', null, { id: 'x' });
    await jobs.start();
    await eventually('runs', () => runs === 1);
    await jobs.add('once', null, { id: 'x' });
    await jobs.add('once', null, { id: 'y' });
    await eventually('the other id runs too', () => runs === 2);
    gate.resolve();
    await eventually('none waits', async () => (await jobs.waiting('once')) === 0);
    expect(runs).toBe(2);
    await jobs.add('once', null, { id: 'x' });
    await eventually('a new one runs', () => runs === 3);
  });

  it('lets a failed job be added again under its id', async ({ desk }) => {
    const { jobs } = await desk();
    let runs = 0;
    jobs.define('bad', async () => { runs += 1; throw new Error('no'); }, { attempts: 1 });
    await jobs.start();
    await jobs.add('bad', null, { id: 'x' });
    await eventually('failed', async () => (await jobs.failed(5)).length === 1);
    await jobs.add('bad', null, { id: 'x' });
    await eventually('ran again', () => runs === 2);
  });

  it('waits for the delay', async ({ desk }) => {
    const { jobs } = await desk();
    let ranAt = 0;
    jobs.define('later', async () => { ranAt = Date.now(); });
    await jobs.start();
    const addedAt = Date.now();
    await jobs.add('later', null, { delayMs: 400 });
    await eventually('ran', () => ranAt > 0);
    expect(ranAt - addedAt).toBeGreaterThanOrEqual(390);
  });

  it('runs a job of a transaction only when that is committed', async ({ desk }) => {
    const { jobs, database } = await desk();
    const ran: unknown[] = [];
    jobs.define('a', async (job) => void ran.push(job.data));
    await jobs.start();
    await expect(database.db.transaction(async (trx) => {
      await jobs.add('a', 'rolled back', { trx });
      throw new Error('no');
    })).rejects.toThrow('no');
    await database.db.transaction((trx) => jobs.add('a', 'committed', { trx }));
    await eventually('ran', () => ran.length > 0);
    expect(ran).toEqual(['committed']);
  });

  it('aborts the signal at the time-out and counts it as a failed attempt', async ({ desk }) => {
    const { jobs } = await desk();
    const reasons: string[] = [];
    jobs.define('slow', ({ signal }) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reasons.push((signal.reason as Error).message);
        reject(signal.reason as Error);
      });
    }), { timeoutMs: 50, attempts: 2, ...quick });
    await jobs.start();
    await jobs.add('slow', null);
    await eventually('failed', async () => (await jobs.failed(5)).length === 1);
    expect(reasons).toEqual(['The job took longer than 50 ms', 'The job took longer than 50 ms']);
  });

  it('holds jobs while nobody defines them', async ({ desk }) => {
    const { jobs } = await desk();
    const ran: unknown[] = [];
    const takeAway = jobs.define('held', async (job) => void ran.push(job.data));
    await jobs.start();
    await jobs.add('held', 1);
    await eventually('ran', () => ran.length === 1);
    await takeAway();
    await jobs.add('held', 2);
    jobs.define('other', async () => void ran.push('other'));
    await jobs.add('other', null);
    await eventually('others go on', () => ran.includes('other'));
    expect(ran).toEqual([1, 'other']);
    expect(await jobs.waiting('held')).toBe(1);
    jobs.define('held', async (job) => void ran.push(job.data));
    await eventually('it ran at last', () => ran.includes(2));
  });

  it('keeps to the concurrency of a name', async ({ desk }) => {
    const { jobs } = await desk();
    let [inside, most, done] = [0, 0, 0];
    jobs.define('two', async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
      done += 1;
    }, { concurrency: 2 });
    await jobs.start();
    await Promise.all(Array.from({ length: 12 }, (_, n) => jobs.add('two', n)));
    await eventually('all ran', () => done === 12);
    expect(most).toBe(2);
  });

  it('never runs one job in two processes at the same time, and each just once', async ({ desk }) => {
    const { jobs, another } = await desk();
    const ran = new Map<number, number>();
    const handler = async (job: Job<number>) => {
      ran.set(job.data, (ran.get(job.data) ?? 0) + 1);
      await new Promise((resolve) => setImmediate(resolve));
    };
    const processes = [jobs, await another(), await another()];
    for (const each of processes) each.define('shared', handler);
    await Promise.all(processes.map((each) => each.start()));
    await Promise.all(Array.from({ length: 60 }, (_, n) => processes[n % 3]?.add('shared', n)));
    await eventually('none waits', async () => ran.size === 60 && (await jobs.waiting('shared')) === 0);
    expect([...ran.values()].every((count) => count === 1)).toBe(true);
  });

  it('renews the lease of a job that takes longer', async ({ desk }) => {
    const { jobs, another } = await desk();
    let runs = 0;
    let done = 0;
    const second = await another();
    for (const each of [jobs, second]) {
      each.define('long', async () => {
        runs += 1;
        await new Promise((resolve) => setTimeout(resolve, leaseMs * 2));
        done += 1;
      });
    }
    await Promise.all([jobs.start(), second.start()]);
    await jobs.add('long', null);
    await eventually('done', () => done === 1);
    await eventually('none waits', async () => (await jobs.waiting('long')) === 0);
    expect(runs).toBe(1);
  });

  it('gives a job of a process that was killed to another, after its lease', async ({ desk }) => {
    const { jobs, database, redisUrl } = await desk();
    const file = (path: string) => JSON.stringify(new URL(`../../core/kernel/${path}`, import.meta.url).href);
    const source = `
      import { createDatabase } from ${file('db/create-database.ts')};
      import { createJobs } from ${file('jobs/create-jobs.ts')};
      import { createLocks } from ${file('locks/create-locks.ts')};
      import { createLog } from ${file('log/log.ts')};
      import { loadConfig } from ${file('config/config.ts')};
      const config = loadConfig(process.env);
      const log = createLog({ level: 'silent', isPretty: false });
      const db = await createDatabase(config, log);
      const jobs = await createJobs({ db, config, log, locks: createLocks({ db, log, process: 'doomed' }), process: 'doomed', leaseMs: ${leaseMs} });
      jobs.define('precious', () => { process.kill(process.pid, 'SIGKILL'); });
      await jobs.start();
      setInterval(() => undefined, 1000);`;
    await jobs.add('precious', 'gem');
    const doomed = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', DATA_DIR: database.config.dataDir, DATABASE_URL: database.config.databaseUrl, REDIS_URL: redisUrl },
    });
    expect(await new Promise((resolve) => doomed.once('exit', (_code, signal) => resolve(signal)))).toBe('SIGKILL');
    const ran: unknown[] = [];
    jobs.define('precious', async (job) => void ran.push(job.data));
    await jobs.start();
    await eventually('it ran here', () => ran.length === 1);
    expect(ran).toEqual(['gem']);
  });

  it('takes each tick of a schedule in one process only', async ({ desk }) => {
    const { jobs, another } = await desk();
    const second = await another();
    let ticks = 0;
    const secondsNow = () => Math.floor(Date.now() / 1000);
    const begun = secondsNow();
    for (const each of [jobs, second]) each.schedule('clock', '* * * * * *', async () => void (ticks += 1));
    await Promise.all([jobs.start(), second.start()]);
    await eventually('three ticks', () => ticks >= 3);
    expect(ticks).toBeLessThanOrEqual(secondsNow() - begun);
  });

  it('stops claiming, waits for what runs, and gives back what does not end in time', async ({ desk }) => {
    const { jobs, another } = await desk();
    const started: string[] = [];
    const ended: string[] = [];
    const release = Promise.withResolvers<void>();
    jobs.define('short', async () => {
      started.push('short');
      await release.promise;
      ended.push('short');
    });
    jobs.define('endless', ({ signal }) => new Promise((_, reject) => {
      started.push('endless');
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }));
    await jobs.start();
    await jobs.add('short', null);
    await jobs.add('endless', null);
    await eventually('both run', () => started.length === 2);
    const stopped = jobs.stop(600);
    release.resolve();
    await stopped;
    expect(ended).toEqual(['short']);
    const second = await another();
    let attempt = 0;
    second.define('endless', async (job) => { attempt = job.attempt; });
    await second.start();
    await eventually('the other process has it', () => attempt > 0);
    expect(attempt).toBe(1);
  });
});
