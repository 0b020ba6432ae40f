import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer, connect, type AddressInfo } from 'node:net';
import { scratchDir } from './scratch.ts';

/** A real server in a temporary folder on a free loopback port. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** kill -9; the data stay for `restart`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Starting { command: string; args: string[]; folder: string; port: number; url: string }

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

async function started({ command, args, folder, port, url }: Starting): Promise<TestServer> {
  let child = await launch(command, args, port);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(hard);
  };
  return {
    url,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      child = await launch(command, args, port);
    },
    async stop() {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(command: string, args: string[], port: number): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => { output = (output + chunk.toString()).slice(-2000); });
  const deadline = Date.now() + 30_000;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${command} did not start: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

/** MariaDB with an empty root password; its `url` has no database name. */
export async function startMariaDb(): Promise<TestServer> {
  ensureSystemPackages(['mariadb-server']);
  const folder = await scratchDir('pb-mariadb-');
  const user = isRoot ? ['--user=root'] : [];
  const install = spawnSync('mariadb-install-db', ['--no-defaults', ...user, `--datadir=${folder}/data`, '--auth-root-authentication-method=normal', '--skip-test-db']);
  if (install.status !== 0) throw new Error(`mariadb-install-db failed: ${String(install.stderr)}`);
  const port = await freePort();
  const args = [
    '--no-defaults', ...user, `--datadir=${folder}/data`, `--socket=${folder}/m.sock`, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-log-bin',
    '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci', '--innodb-ft-min-token-size=3',
  ];
  return started({ command: '/usr/sbin/mariadbd', args, folder, port, url: `mysql://root@127.0.0.1:${port}` });
}

/** Redis without persistence. */
export async function startRedis(options: { port?: number } = {}): Promise<TestServer> {
  ensureSystemPackages(['redis-server']);
  const folder = await scratchDir('pb-redis-');
  const port = options.port ?? await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  return started({ command: '/usr/bin/redis-server', args, folder, port, url: `redis://127.0.0.1:${port}` });
}
