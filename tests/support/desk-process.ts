import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './servers.ts';
import { scratchDir } from './scratch.ts';

export const root = new URL('../../', import.meta.url).pathname;
const node = join(root, 'node_modules', 'node', 'bin', 'node');

export interface DeskProcess {
  readonly url: string;
  readonly dataDir: string;
  pid(): number;
  /** What the process printed so far. */
  output(): string;
  /** Ends with this signal and waits; starting again is `start`. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Waits until the process ends by itself. */
  exited(): Promise<number | null>;
  start(extra?: Record<string, string>): Promise<void>;
  /** Ends the process if it runs and removes its folder. */
  dispose(): Promise<void>;
}

export const firstOperator = { email: 'owner@desk.test', password: 'correct horse battery' } as const;

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the desk ended while it started:\n${output()}`);
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`the desk is not ready after 60 s:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The desk as its own process, as `npm start` runs it: for kill -9, restarts, several processes and the browser. */
export async function spawnDesk(environment: Record<string, string> = {}): Promise<DeskProcess> {
  const dataDir = environment.DATA_DIR ?? await scratchDir('pb-desk-');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let printed = '';

  const start = async (extra: Record<string, string> = {}): Promise<void> => {
    const started = spawn(node, ['core/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'test', LOG_LEVEL: 'warn',
        NODE_COMPILE_CACHE: join(root, '.cache', 'compile'), HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir,
        PLUGBOARD_ADMIN_EMAIL: firstOperator.email, PLUGBOARD_ADMIN_PASSWORD: firstOperator.password, PLUGBOARD_PLUGINS: 'chat',
        ...environment, ...extra,
      },
    });
    started.stdout.on('data', (chunk: Buffer) => { printed += chunk.toString(); });
    started.stderr.on('data', (chunk: Buffer) => { printed += chunk.toString(); });
    child = started;
    await untilReady(url, started, () => printed);
  };

  const exited = async (): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const [code] = await once(child, 'exit') as [number | null];
    return code;
  };
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = exited();
    child.kill(signal);
    await ended;
  };

  // A run that is broken off leaves no desk behind.
  const endWithTest = (): void => { child?.kill('SIGKILL'); };
  process.on('exit', endWithTest);
  await start();
  return {
    url, dataDir, kill, exited, start,
    pid: () => child?.pid ?? 0,
    output: () => printed,
    async dispose() {
      process.off('exit', endWithTest);
      await kill('SIGKILL');
      if (!environment.DATA_DIR) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
