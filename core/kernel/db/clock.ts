import type { Database } from './database.ts';

/**
 * SQL for the database's own clock in epoch milliseconds. Leases are compared with it, so that processes whose clocks
 * differ agree on who holds what.
 */
export const nowSql = (db: Pick<Database, 'dialect'>): string =>
  db.dialect === 'mysql' ? 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)' : `CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)`;

/** A lease that ends later than this from now was made before the clock was set back: it counts as over. */
export const maxLeaseMs = 600_000;

/** SQL that is true when the lease in `column` has ended. */
export const leaseEndedSql = (db: Pick<Database, 'dialect'>, column: string): string => {
  const now = nowSql(db);
  return `(${column} <= ${now} OR ${column} > ${now} + ${maxLeaseMs})`;
};
