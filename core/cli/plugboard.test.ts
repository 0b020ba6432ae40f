import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedServer } from '../../tests/support/databases.ts';
import { startDesk, type TestDesk } from '../../tests/support/desk.ts';
import { Caller } from '../../tests/support/people.ts';

const root = join(import.meta.dirname, '..', '..');
interface Run { code: number; stdout: string; stderr: string }

/** Runs `plugboard` as its own process, beside the desk, with an environment of its own. */
const plugboard = (env: Record<string, string>, args: readonly string[], input = ''): Promise<Run> => new Promise((resolve) => {
  const child = execFile(process.execPath, [join(root, 'core', 'cli', 'plugboard.mjs'), ...args], { env: { PATH: process.env.PATH, ...env }, timeout: 60_000 }, (error, stdout, stderr) => {
    resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
  });
  child.stdin?.end(input);
});

describe('plugboard', () => {
  let desk: TestDesk;
  let env: Record<string, string>;
  beforeAll(async () => {
    desk = await startDesk();
    env = { DATA_DIR: desk.dataDir };
  });
  afterAll(() => desk.stop());

  it('makes tokens that the running desk knows, and prints nothing else', async () => {
    const run = await plugboard(env, ['token', 'create', '--name', 'X', '--scopes', '*', '--json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^\{"token":"pb_pat_[a-z2-7]{52}"\}\n$/);
    const { token } = JSON.parse(run.stdout) as { token: string };
    const answer = await new Caller(desk.url, { Authorization: `Bearer ${token}` }).get('/session');
    expect(answer).toMatchObject({ status: 200, body: { permissions: expect.arrayContaining(['*']) } });
  });

  it('makes keys for servers, of a brand or of all', async () => {
    const owner = new Caller(desk.url, await desk.signIn());
    await owner.post('/brands', { name: 'Cli', slug: 'cli' });
    const run = await plugboard(env, ['token', 'create', '--server', '--brand', 'cli', '--scopes', 'identify, tickets', '--name', 'Shop', '--json']);
    expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\{"token":"pb_server_[a-z2-7]{52}"\}\n$/) });
    expect((await plugboard(env, ['token', 'create', '--server', '--name', 'All'])).stdout).toMatch(/^pb_server_\w+\n$/);
    const brands = (await owner.get('/brands')).body.data as { id: string; slug: string }[];
    expect((await owner.get('/tokens')).body.data).toEqual(expect.arrayContaining([
      expect.objectContaining({ name: 'Shop', kind: 'server', brandId: brands.find(({ slug }) => slug === 'cli')?.id, scopes: ['identify', 'tickets'] }),
      expect.objectContaining({ name: 'All', kind: 'server', brandId: null, scopes: ['chat', 'context', 'identify', 'tickets'] }),
    ]));
  });

  it('ends also when it talks to Redis', async () => {
    const run = await plugboard({ ...env, REDIS_URL: await sharedServer('redis') }, ['token', 'create', '--name', 'R']);
    expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^pb_pat_\w+\n$/) });
  });

  it('takes people on and gives them another password out of standard input', async () => {
    const made = await plugboard(env, ['operator', 'create', '--email', 'Ada@Desk.test', '--role', 'admin', '--json'], 'the first password\n');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout)).toMatchObject({ email: 'ada@desk.test', role: 'Admin' });
    const ada = new Caller(desk.url, await desk.signIn({ email: 'ada@desk.test', password: 'the first password' }));
    expect((await plugboard(env, ['operator', 'reset-password', '--email', 'ada@desk.test'], 'the second password\n')).code).toBe(0);
    await expect.poll(async () => (await ada.get('/session')).status, { timeout: 5_000 }).toBe(401);
    await desk.signIn({ email: 'ada@desk.test', password: 'the second password' });
  });

  it('says in one line what to mend', async () => {
    const wrong: [string[], RegExp][] = [
      [['operator', 'create', '--email', 'owner@desk.test', '--password', 'long enough to do'], /Somebody else uses this already\. email/],
      [['operator', 'create', '--email', 'x@desk.test', '--password', 'short'], /at least 10 characters/],
      [['operator', 'create', '--email', 'x@desk.test', '--password', 'long enough to do', '--role', 'king'], /there is no role king/],
      [['token', 'create', '--name', 'X', '--scopes', 'audit.view,nope'], /scopes\.1/],
      [['token', 'create', '--name', 'X', '--operator', 'nobody@desk.test'], /nobody active has the address/],
      [['token', 'create', '--server', '--name', 'X', '--scopes', 'identify,audit.view'], /audit\.view is none of identify, context, chat, tickets/],
      [['token', 'create', '--server', '--name', 'X', '--brand', 'nowhere'], /there is no brand nowhere/],
      [['token', 'create', '--name', 'X', '--brand', 'acme'], /--brand is for server keys/],
    ];
    const runs = await Promise.all(wrong.map(([args]) => plugboard(env, args)));
    for (const [index, run] of runs.entries()) expect(run, wrong[index]?.[0].join(' ')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(wrong[index]?.[1] ?? /^$/) });
    expect((await plugboard({ ...env, DATABASE_URL: 'mysql://x@127.0.0.1:1/x' }, ['token', 'create', '--name', 'X'])).stderr).toContain('plugboard: the database cannot be reached');
  });

  it('examines the desk', async () => {
    const { stdout } = await plugboard(env, ['doctor', '--json']);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toContainEqual({ what: 'database', state: 'ok', detail: 'sqlite' });
    const healthy = await plugboard(env, ['doctor']);
    expect(healthy).toMatchObject({ code: 0, stdout: expect.stringMatching(/✓ database: sqlite\n✓ migrations: all \d+ are done/) });
    const broken = await plugboard({ DATA_DIR: join(desk.dataDir, 'nowhere'), DATABASE_URL: 'mysql://x@127.0.0.1:1/x' }, ['doctor']);
    expect(broken).toMatchObject({ code: 1, stdout: expect.stringMatching(/✗ disk: .*\n(.|\n)*✗ database: cannot be reached: .*ECONNREFUSED/) });
  });
});
