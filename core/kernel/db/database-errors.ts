import { AppError, unavailable } from '../errors.ts';

interface DriverError extends Error { code?: string; errno?: number; extendedCode?: string; nativeError?: DriverError; fatal?: boolean }

const awayCodes = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ETIMEDOUT', 'ENOENT',
  'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'POOL_CLOSED',
  'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_NORMAL_SHUTDOWN', 'ER_CONNECTION_KILLED', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL',
]);
const awaySqlite = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL)/;
const retryCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

const native = (error: unknown): DriverError | undefined =>
  error instanceof Error ? ((error as DriverError).nativeError ?? (error as DriverError)) : undefined;

/** A row with the same unique key is there already, on either engine, also inside Objection's error. */
export function isUniqueViolation(error: unknown): boolean {
  const found = native(error);
  return found?.code === 'ER_DUP_ENTRY' || found?.extendedCode === 'SQLITE_CONSTRAINT_UNIQUE' || found?.extendedCode === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** A deadlock or lock time-out (1213, 1205, 1020): the whole transaction may be tried again. */
export const isRetryable = (error: unknown): boolean => retryCodes.has(native(error)?.code ?? '');

/** The database cannot be reached or cannot write; nothing that was not acknowledged is stored. */
export const isDatabaseUnavailable = (error: unknown): boolean => error instanceof AppError && error.code === 'database_unavailable';

/** Gives a driver's error the shape the rest relies on: 503 when the database is away, Objection's codes for SQLite constraints. */
export function toDatabaseError(error: unknown): unknown {
  const found = native(error);
  if (!found || found instanceof AppError) return error;
  const code = found.code ?? '';
  if (awayCodes.has(code) || awaySqlite.test(code) || found.name === 'KnexTimeoutError' || (found.fatal && !code.startsWith('ER_'))) {
    return Object.assign(unavailable('database_unavailable', 5), { cause: error });
  }
  if (code.startsWith('SQLITE_CONSTRAINT_')) {
    return Object.assign(found, { code: 'SQLITE_CONSTRAINT', errno: 19, extendedCode: code, message: `SQLITE_CONSTRAINT: ${found.message}` });
  }
  return error;
}
