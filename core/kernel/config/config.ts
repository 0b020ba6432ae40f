import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.stringbool({ truthy: ['1', 'true', 'yes', 'on'], falsy: ['0', 'false', 'no', 'off', ''] }).default(false);
const list = z.string().default('').transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().regex(/^(mysql|mariadb|sqlite):/, 'must begin with mysql:, mariadb: or sqlite:').optional(),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://').optional(),
  SECRET_KEY: z.string().min(32).optional(),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://').optional(),
  PLUGBOARD_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  PLUGBOARD_ADMIN_EMAIL: z.email().optional(),
  PLUGBOARD_ADMIN_PASSWORD: z.string().min(10).optional(),
  PLUGBOARD_PLUGINS: list,
  PLUGBOARD_SAFE_MODE: flag,
  PLUGBOARD_PLUGIN_PATH: list,
  PLUGBOARD_PROCESS: z.string().max(100).optional(),
  PLUGBOARD_FAULT: z.string().optional(),
  PLUGINS_ALLOW_UPLOAD: flag,
  ALLOW_PRIVATE_NETWORK: list,
  METRICS_TOKEN: z.string().min(16).optional(),
  TRUST_PROXY: flag,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  /** PUBLIC_URL without a slash at its end; undefined until the port is known, see `publicUrl()`. */
  publicUrl: string;
  readonly isPublicUrlSet: boolean;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly secretKey: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly role: 'all' | 'web' | 'worker';
  readonly firstOperator: { email: string; password: string } | undefined;
  readonly firstPlugins: readonly string[];
  readonly isSafeMode: boolean;
  /** Folders with plugins besides `plugins/` and `DATA_DIR/plugins`. */
  readonly pluginPath: readonly string[];
  /** Name of this process, unique among those that share the database. */
  readonly process: string;
  /** A named point at which a test build ends the process; only with NODE_ENV=test. */
  readonly fault: string | undefined;
  readonly mayUploadPlugins: boolean;
  readonly allowPrivateNetwork: readonly string[];
  readonly metricsToken: string | undefined;
  readonly trustProxy: boolean;
  readonly logLevel: string;
  readonly mode: 'production' | 'development' | 'test';
  /** The raw environment, for `PLUGIN_<ID>_<KEY>`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A bad value of the environment; its message is one line that names the variable. */
export class ConfigError extends Error {}

/** Reads and checks the environment. An empty variable counts as not set. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(filled);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${String(issue?.path[0] ?? 'environment')}: ${issue?.message ?? 'is not valid'}`);
  }
  const env = parsed.data;
  if (Boolean(env.PLUGBOARD_ADMIN_EMAIL) !== Boolean(env.PLUGBOARD_ADMIN_PASSWORD)) {
    throw new ConfigError('PLUGBOARD_ADMIN_PASSWORD: is needed together with PLUGBOARD_ADMIN_EMAIL (at least 10 characters)');
  }
  if (env.PLUGBOARD_ROLE !== 'all' && !env.REDIS_URL) throw new ConfigError(`PLUGBOARD_ROLE: ${env.PLUGBOARD_ROLE} needs REDIS_URL`);
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    isPublicUrlSet: env.PUBLIC_URL !== undefined,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    secretKey: env.SECRET_KEY,
    smtpUrl: env.SMTP_URL,
    role: env.PLUGBOARD_ROLE,
    firstOperator: env.PLUGBOARD_ADMIN_EMAIL && env.PLUGBOARD_ADMIN_PASSWORD
      ? { email: env.PLUGBOARD_ADMIN_EMAIL.toLowerCase(), password: env.PLUGBOARD_ADMIN_PASSWORD } : undefined,
    firstPlugins: env.PLUGBOARD_PLUGINS,
    isSafeMode: env.PLUGBOARD_SAFE_MODE,
    pluginPath: env.PLUGBOARD_PLUGIN_PATH.map((path) => resolve(path)),
    process: env.PLUGBOARD_PROCESS ?? `${hostname()}-${env.PLUGBOARD_ROLE}-${env.PORT}`,
    fault: env.NODE_ENV === 'test' ? env.PLUGBOARD_FAULT : undefined,
    mayUploadPlugins: env.PLUGINS_ALLOW_UPLOAD,
    allowPrivateNetwork: env.ALLOW_PRIVATE_NETWORK,
    metricsToken: env.METRICS_TOKEN,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    mode: env.NODE_ENV,
    environment: filled,
  };
}
