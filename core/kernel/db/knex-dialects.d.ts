/** The dialect classes that Knex publishes for subclassing but does not type. */
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  import { Knex } from 'knex';
  import type Sqlite from 'better-sqlite3';

  export default class BetterSqliteClient extends Knex.Client {
    acquireRawConnection(): Promise<Sqlite.Database>;
    _formatBindings(bindings: readonly unknown[] | undefined): unknown[];
    transaction(container: unknown, config?: { connection?: unknown }, outerTx?: unknown): Knex.Transaction;
  }
}

declare module 'knex/lib/dialects/mysql2/index.js' {
  import { Knex } from 'knex';
  import type { Connection } from 'mysql2';

  export default class Mysql2Client extends Knex.Client {
    acquireRawConnection(): Promise<Connection>;
    _query(connection: Connection, query: { sql: string; bindings?: unknown[]; options?: Record<string, unknown>; response?: unknown }): Promise<unknown>;
  }
}
