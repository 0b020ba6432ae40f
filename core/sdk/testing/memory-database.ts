import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { DatabaseApi } from '../index.ts';

const bound = (bindings: readonly unknown[] = []): SQLInputValue[] => bindings.map((value) => (typeof value === 'boolean' ? Number(value) : value ?? null) as SQLInputValue);

/** The plugin's tables on a SQLite database in memory. */
export function memoryDatabase(pluginId: string): DatabaseApi {
  const database = new DatabaseSync(':memory:');
  const prefix = `p_${pluginId.replaceAll('-', '_')}_`;
  const run = (sql: string, bindings?: readonly unknown[]): number => Number(database.prepare(sql).run(...bound(bindings)).changes);
  return {
    dialect: 'sqlite',
    table: (name) => prefix + name,
    query: async <T>(sql: string, bindings?: readonly unknown[]) => database.prepare(sql).all(...bound(bindings)) as T[],
    run: async (sql, bindings) => run(sql, bindings),
    async batch(statements) {
      database.exec('BEGIN');
      try {
        for (const { sql, bindings } of statements) run(sql, bindings);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}
