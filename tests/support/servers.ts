import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real server in a temporary folder on a free loopback port. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Starting { child: ChildProcess; folder: string; port: number; url: string }

const packages = { 'mariadb-server': '/usr/sbin/mariadbd', 'redis-server': '/usr/bin/redis-server', chromium: '/usr/bin/chromium' };
const isRoot = process.getuid?.() === 0;

/** Installs what the tests need through apt-get when root; otherwise throws one line that names what is missing. */
export function ensureSystemPackages(names = Object.keys(packages) as (keyof typeof packages)[]): void {
  const missing = names.filter((name) => spawnSync('test', ['-x', packages[name]]).status !== 0);
  if (missing.length === 0) return;
  if (!isRoot) throw new Error(`The tests need ${missing.join(', ')}: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  const install = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (install.status !== 0) throw new Error(`Could not install ${missing.join(', ')}: ${String(install.stderr).trim().split('\n').at(-1)}`);
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const accepts = (port: number) => new Promise<boolean>((resolve) => {
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

async function started({ child, folder, port, url }: Starting): Promise<TestServer> {
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => { output = (output + chunk.toString()).slice(-2000); });
  const deadline = Date.now() + 30_000;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${child.spawnfile} did not start: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${child.spawnfile} did not start`);
  return { url, port, pid, stop: () => stop(child, folder) };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(hard);
  }
  await rm(folder, { recursive: true, force: true });
}

/** MariaDB with an empty root password; its `url` has no database name. */
export async function startMariaDb(): Promise<TestServer> {
  ensureSystemPackages(['mariadb-server']);
  const folder = await mkdtemp(join(tmpdir(), 'pb-mariadb-'));
  const user = isRoot ? ['--user=root'] : [];
  const install = spawnSync('mariadb-install-db', ['--no-defaults', ...user, `--datadir=${folder}/data`, '--auth-root-authentication-method=normal', '--skip-test-db']);
  if (install.status !== 0) throw new Error(`mariadb-install-db failed: ${String(install.stderr)}`);
  const port = await freePort();
  const child = spawn('/usr/sbin/mariadbd', [
    '--no-defaults', ...user, `--datadir=${folder}/data`, `--socket=${folder}/m.sock`, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-log-bin',
    '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci', '--innodb-ft-min-token-size=3',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  return started({ child, folder, port, url: `mysql://root@127.0.0.1:${port}` });
}

/** Redis without persistence. */
export async function startRedis(options: { port?: number } = {}): Promise<TestServer> {
  ensureSystemPackages(['redis-server']);
  const folder = await mkdtemp(join(tmpdir(), 'pb-redis-'));
  const port = options.port ?? await freePort();
  const child = spawn('/usr/bin/redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return started({ child, folder, port, url: `redis://127.0.0.1:${port}` });
}
