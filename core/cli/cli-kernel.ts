import { join } from 'node:path';
import { createActionContext } from '../kernel/action-context.ts';
import { loadConfig, type Config } from '../kernel/config/config.ts';
import type { ActionContext, Kernel } from '../kernel/context.ts';
import { createKernel } from '../kernel/create-kernel.ts';
import { createDatabase } from '../kernel/db/create-database.ts';
import { AppError } from '../kernel/errors.ts';
import { createLog } from '../kernel/log/log.ts';
import type { Module } from '../kernel/module.ts';
import { system } from '../kernel/policy/actor.ts';
import { auditModule } from '../modules/audit/index.ts';
import { brandsModule } from '../modules/brands/index.ts';
import { departmentsModule } from '../modules/departments/index.ts';
import { operatorsModule } from '../modules/operators/index.ts';
import { createRolesModule } from '../modules/roles/index.ts';
import { loadSession } from '../modules/sessions/index.ts';
import { tokensModule } from '../modules/tokens/index.ts';

/** A failure that is told in one line. */
export class CliError extends Error {}

export const repository = join(import.meta.dirname, '..', '..');

/** Modules whose commands the command line runs; without a plugin host, plugins bring nothing here. */
const modules: readonly Module[] = [
  auditModule, brandsModule, departmentsModule, createRolesModule({ listAbilities: () => [] }), operatorsModule, tokensModule,
];

/** The environment of the server, with a silent log: what is printed is the answer. */
export const cliConfig = (): Config => ({ ...loadConfig(), logLevel: 'silent', process: `cli-${process.pid}` });

/** Runs one command of the desk beside a server that may be running, and lets go of everything. */
export async function withDesk<T>(work: (ctx: ActionContext) => Promise<T>): Promise<T> {
  const config = cliConfig();
  await refuseAwayDatabase(config);
  const { kernel } = await createKernel({
    config,
    migrations: join(repository, 'migrations'),
    locales: join(repository, 'locales'),
    hooks: [],
    policies: modules.flatMap((module) => (module.policies ? [module.policies] : [])),
    resolveOperator: loadSession,
  });
  try {
    return await work(createActionContext(kernel, system));
  } catch (error) {
    throw error instanceof AppError ? new CliError(refusalOf(kernel, error)) : error;
  } finally {
    // Sockets were never opened here; what holds a connection is let go of.
    await kernel.jobs.stop(0);
    await kernel.bus.close();
    await kernel.db.close();
  }
}

/** The text of a refusal, with the fields that it is about. */
function refusalOf({ i18n }: Kernel, { code, details }: AppError): string {
  const fields = ((details.errors ?? []) as { path: string; code: string }[]).map((entry) => `${entry.path} (${entry.code})`);
  return [i18n.t(`errors:${code}`, 'en', { ...details, defaultValue: code }), ...fields].join(' ');
}

/** The server waits for its database; a person at a terminal is told. */
async function refuseAwayDatabase(config: Config): Promise<void> {
  try {
    const db = await createDatabase(config, createLog({ level: 'silent', isPretty: false }));
    await db.close();
  } catch (error) {
    throw new CliError(`the database cannot be reached: ${reasonOf(error)}`);
  }
}

/** What lies behind a refusal, in one line. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
