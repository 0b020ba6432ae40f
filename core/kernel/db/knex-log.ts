import type { Knex } from 'knex';
import type { Log } from '../log/log.ts';

/** What Knex says of its connections, as lines of our log. The errors themselves reach whoever asked for the statement. */
export const knexLog = (log: Log): Knex.Logger => ({
  debug: () => undefined,
  deprecate: () => undefined,
  warn: (message: unknown) => log.debug({ knex: message }, 'database driver'),
  error: (message: unknown) => log.warn({ knex: String(message).split('\n')[0] }, 'database driver'),
});
