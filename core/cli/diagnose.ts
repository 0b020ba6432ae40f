import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../kernel/config/config.ts';
import { createDatabase } from '../kernel/db/create-database.ts';
import type { Database } from '../kernel/db/database.ts';
import { finishedSteps } from '../kernel/db/journal.ts';
import { createLog } from '../kernel/log/log.ts';
import { reasonOf, repository } from './cli-kernel.ts';

export interface Finding { what: string; state: 'ok' | 'warn' | 'bad'; detail: string }

const ok = (what: string, detail: string): Finding => ({ what, state: 'ok', detail });
const warn = (what: string, detail: string): Finding => ({ what, state: 'warn', detail });
const bad = (what: string, detail: string): Finding => ({ what, state: 'bad', detail });

const gib = 1024 ** 3;
const fewFreeBytes = gib;
const livingMs = 60_000;

/** Looks at everything the desk stands on, changes nothing, and goes on after each failure. */
export async function diagnose(config: Config): Promise<Finding[]> {
  const findings = [disk(config), secretKey(config)];
  try {
    const db = await createDatabase(config, createLog({ level: 'silent', isPretty: false }));
    try {
      findings.push(await database(db), await migrations(db), await plugins(db));
    } finally {
      await db.close();
    }
  } catch (error) {
    findings.push(bad('database', `cannot be reached: ${reasonOf(error)}`));
  }
  return findings;
}

function disk(config: Config): Finding {
  if (!existsSync(config.dataDir)) return bad('disk', `${config.dataDir} is not there; the server makes it at its first start`);
  try {
    accessSync(config.dataDir, constants.W_OK);
  } catch {
    return bad('disk', `${config.dataDir} cannot be written`);
  }
  const { bavail, bsize } = statfsSync(config.dataDir);
  const free = bavail * bsize;
  return (free < fewFreeBytes ? warn : ok)('disk', `${(free / gib).toFixed(1)} GiB free in ${config.dataDir}`);
}

function secretKey(config: Config): Finding {
  if (config.secretKey !== undefined) return ok('secret key', 'from SECRET_KEY');
  const file = join(config.dataDir, 'secret.key');
  if (!existsSync(file)) return warn('secret key', `none yet; the server makes ${file} at its first start`);
  return config.redisUrl === undefined
    ? ok('secret key', `${file} (keep it with your backups)`)
    : warn('secret key', `each process needs the same key: set SECRET_KEY, not only ${file}`);
}

async function database(db: Database): Promise<Finding> {
  return (await db.ping()) ? ok('database', db.dialect) : bad('database', 'is open but does not answer');
}

async function migrations(db: Database): Promise<Finding> {
  try {
    const finished = await finishedSteps(db.knex, '');
    const files = (await readdir(join(repository, 'migrations'))).filter((file) => /^\d{4}-[\w-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
    const waiting = files.filter((name) => !finished.has(name));
    return waiting.length === 0 ? ok('migrations', `all ${files.length} are done`) : warn('migrations', `${waiting.length} wait for the next start of the server`);
  } catch {
    return warn('migrations', 'none yet; the server makes the tables at its first start');
  }
}

async function plugins(db: Database): Promise<Finding> {
  if (!(await db.knex.schema.hasTable('plugin_instances'))) return ok('plugins', 'none');
  const wanted = (await db.knex('plugins').where({ desired: 'active' }).pluck('id')) as string[];
  const seen = (await db.knex('plugin_instances').where('seen_at', '>', Date.now() - livingMs).whereIn('plugin_id', wanted)
    .select('plugin_id', 'process', 'phase', 'error')) as { plugin_id: string; process: string; phase: string; error: string | null }[];
  const broken = seen.filter(({ phase }) => phase !== 'active' && phase !== 'loading');
  if (broken.length > 0) return bad('plugins', broken.map(({ plugin_id, process, phase, error }) => `${plugin_id} is ${phase} on ${process}${error ? ` (${error})` : ''}`).join('; '));
  return ok('plugins', wanted.length === 0 ? 'none is switched on' : `${wanted.join(', ')}${seen.length === 0 ? ' (no server is running)' : ''}`);
}
