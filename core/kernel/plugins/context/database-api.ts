import type { DatabaseApi } from '@plugboard/sdk';
import type { Database } from '../../db/database.ts';
import { execute, selectRows, type Binding } from '../../db/statement.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import { tablesOf } from '../sql-tables.ts';
import { SqlRefused } from '../sql-tokens.ts';

/** `p_<id>_` with the hyphens of the id as underscores. */
export const tablePrefix = (pluginId: string): string => `p_${pluginId.replaceAll('-', '_')}_`;

/** Does a table belong to this plugin, and not to one whose id goes on where this one ends? */
export function isOwnTable(pluginId: string, table: string, others: Iterable<string>): boolean {
  const prefix = tablePrefix(pluginId);
  const name = table.toLowerCase();
  if (!name.startsWith(prefix)) return false;
  for (const other of others) {
    const longer = tablePrefix(other);
    if (longer.length > prefix.length && name.startsWith(longer)) return false;
  }
  return true;
}

export interface DatabaseOwner {
  id: string;
  /** Throws unless the plugin may use its tables now. */
  check(): void;
  /** Ids of all plugins, since `p_chat_` also begins a table of `chat-x`. */
  others(): Iterable<string>;
  /** May it create, alter and drop? Only in migrations. */
  mayDefine: boolean;
}

export const ownerOf = (instance: PluginInstance, others: () => Iterable<string>): DatabaseOwner => ({
  id: instance.id, check: () => instance.need('db:own'), others, mayDefine: false,
});

/** Statements of a plugin on its own tables. Every table that a statement names is checked before it runs. */
export function createDatabaseApi(owner: DatabaseOwner, db: Database): DatabaseApi {
  const prefix = tablePrefix(owner.id);
  const isOwn = (table: string): boolean => isOwnTable(owner.id, table, owner.others());
  const check = (sql: string): void => {
    owner.check();
    const { kind, tables } = tablesOf(sql);
    if (kind === 'definition' && !owner.mayDefine) throw new SqlRefused('a definition outside of migrations');
    const foreign = tables.find((table) => !isOwn(table));
    if (foreign !== undefined) throw new SqlRefused(`table ${foreign} is not one of ${prefix}*`);
  };
  return {
    dialect: db.dialect,
    table: (name) => `${prefix}${name}`,
    async query<T>(sql: string, bindings?: readonly unknown[]) {
      check(sql);
      return selectRows<T>(db.knex, sql, bound(bindings));
    },
    async run(sql, bindings) {
      check(sql);
      return (await execute(db.knex, sql, bound(bindings))).changes;
    },
    async batch(statements) {
      for (const { sql } of statements) check(sql);
      await db.transaction(async (trx) => {
        for (const { sql, bindings } of statements) await execute(trx, sql, bound(bindings));
      });
    },
  };
}

/** Values as both drivers take them. */
function bound(values: readonly unknown[] = []): Binding[] {
  return values.map((value) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return Number(value);
    if (typeof value === 'string' || typeof value === 'number' || Buffer.isBuffer(value)) return value;
    if (value instanceof Uint8Array) return Buffer.from(value);
    throw new TypeError('a binding is a string, a number, a boolean, bytes or null');
  });
}
