import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createBus } from './bus/create-bus.ts';
import type { Config } from './config/config.ts';
import type { Kernel } from './context.ts';
import { createDatabase } from './db/create-database.ts';
import { isDatabaseUnavailable } from './db/database-errors.ts';
import type { Database } from './db/database.ts';
import { runMigrations } from './db/migrate.ts';
import { createLocalFiles } from './files/local-files.ts';
import { createHooks, type HookRegistry } from './hooks/create-hooks.ts';
import type { HookDeclarations } from './hooks/hooks.ts';
import { loadI18n } from './i18n/load-i18n.ts';
import { createJobs } from './jobs/create-jobs.ts';
import { createLocks } from './locks/create-locks.ts';
import { createLog, type Log } from './log/log.ts';
import { createMail } from './mail/create-mail.ts';
import { createOutbox } from './outbox/create-outbox.ts';
import { PluginCalls } from './plugins/plugin-calls.ts';
import type { OperatorActor } from './policy/actor.ts';
import { createPolicies, type PolicyTable } from './policy/policy.ts';
import { createRealtime } from './realtime/create-realtime.ts';
import { createSearch } from './search/search.ts';
import { createSecrets } from './secrets/create-secrets.ts';
import { createSettings } from './settings/create-settings.ts';

export interface KernelParts {
  config: Config;
  migrations: string;
  locales: string;
  hooks: readonly HookDeclarations[];
  policies: readonly PolicyTable[];
  /** The operator behind a session token now, or null. */
  resolveOperator(kernel: Kernel, token: string): Promise<OperatorActor | null>;
}

export interface BuiltKernel { kernel: Kernel; hooks: HookRegistry; calls: PluginCalls }

const longestWaitMs = 10_000;

/** Makes the kernel: the database is waited for, brought up to date, and everything else stands on it. */
export async function createKernel(parts: KernelParts): Promise<BuiltKernel> {
  const { config } = parts;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const log = createLog({ level: config.logLevel, isPretty: process.stdout.isTTY, name: config.process });
  const db = await openDatabase(config, log);
  await runMigrations({ db, log, config, dirs: [{ pluginId: '', path: parts.migrations }] });
  const i18n = await loadI18n(parts.locales);
  const calls = new PluginCalls();
  const hooks = createHooks({ declarations: parts.hooks, calls, log, text: (key, locale) => i18n.t(key, locale) });
  const bus = await createBus({ config, log });
  const locks = createLocks({ db, log, process: config.process });
  const outbox = createOutbox({ db, bus, log, process: config.process });
  const jobs = await createJobs({ db, config, log, locks, process: config.process });
  const secrets = createSecrets({ config });
  const settings = createSettings({ db, bus, log });
  const mail = createMail({ db, jobs, settings, secrets, config, log, hooks });
  const files = await createLocalFiles(config.dataDir);
  const base = { config, log, db, outbox, jobs, bus, locks, hooks, policies: createPolicies(parts.policies), settings, secrets, i18n, mail, files, search: createSearch() };
  // Sockets act through commands, which need the whole kernel: it is completed here, before anything can connect.
  const kernel = base as typeof base & { realtime: Kernel['realtime'] };
  kernel.realtime = createRealtime(kernel, (token) => parts.resolveOperator(kernel, token));
  return { kernel, hooks, calls };
}

/** A database that is away at the start is waited for: the desk comes up when it does. */
async function openDatabase(config: Config, log: Log): Promise<Database> {
  for (let wait = 500; ; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      return await createDatabase(config, log);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      log.error({ retryInMs: wait, reason: (error as { cause?: Error }).cause?.message }, 'the database cannot be reached; trying again');
      await delay(wait);
    }
  }
}

/** Ends what the kernel holds, in the order that lets running work finish. */
export async function closeKernel(kernel: Kernel, graceMs: number): Promise<void> {
  await kernel.jobs.stop(graceMs);
  await kernel.outbox.stop();
  await kernel.realtime.close();
  await kernel.bus.close();
  await kernel.db.close();
}
