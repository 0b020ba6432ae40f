import { rm } from 'node:fs/promises';
import { startDesk as start, type Desk } from '../../core/app.ts';
import { loadConfig } from '../../core/kernel/config/config.ts';
import { freshMariaDb, type Engine } from './databases.ts';
import { firstOperator } from './desk-process.ts';
import { signInTo } from './sign-in.ts';
import { scratchDir } from './scratch.ts';

export interface TestDesk extends Desk {
  readonly dataDir: string;
  /** Cookie and origin of the first operator, for `fetch`. */
  signIn(credentials?: { email: string; password: string }): Promise<Record<string, string>>;
}

/** A whole desk in this process, on a free port, with its own database and folder. */
export async function startDesk(options: { database?: Engine; env?: Record<string, string> } = {}): Promise<TestDesk> {
  const dataDir = await scratchDir('pb-desk-');
  const maria = options.database === 'mariadb' ? await freshMariaDb() : undefined;
  const desk = await start(loadConfig({
    NODE_ENV: 'test', LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent', HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: maria?.url,
    PLUGBOARD_ADMIN_EMAIL: firstOperator.email, PLUGBOARD_ADMIN_PASSWORD: firstOperator.password,
    ...options.env,
  }));
  return {
    ...desk,
    dataDir,
    signIn: (credentials) => signInTo(desk.url, credentials),
    async stop() {
      await desk.stop();
      await maria?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
