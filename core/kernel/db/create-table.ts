import type { Knex } from 'knex';

export interface TableDefinition {
  name: string;
  /** Column name → SQL type and constraints, in words that both engines know. `id` is made by itself. */
  columns: Readonly<Record<string, string>>;
  /** Columns of the primary key; an `id` that counts up unless told. */
  primary?: readonly string[];
  /** Index name → its columns. */
  unique?: Readonly<Record<string, readonly string[]>>;
  indexes?: Readonly<Record<string, readonly string[]>>;
}

/** SQLite has one kind of text, and compares it byte by byte of itself. */
export const sqliteType = (type: string): string => type.replace(/\b(medium|long)text\b/, 'text').replace(' COLLATE utf8mb4_bin', '');

/**
 * Makes a table with its indexes so that a step that was killed half-way can run again: one statement on MySQL; on
 * SQLite each statement passes over what is there.
 */
export async function createTable(knex: Knex, table: TableDefinition): Promise<void> {
  const isMysql = (knex.client as { dialect: string }).dialect === 'mysql';
  const columns = Object.entries(table.columns).map(([name, type]) => `${name} ${isMysql ? type : sqliteType(type)}`);
  const key = table.primary ? [`PRIMARY KEY (${table.primary.join(', ')})`] : [];
  const id = table.primary ? [] : [isMysql ? 'id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY' : 'id INTEGER NOT NULL PRIMARY KEY'];
  const indexes = Object.entries(table.indexes ?? {});
  const unique = Object.entries(table.unique ?? {});
  const inline = isMysql
    ? [...unique.map(([name, on]) => `UNIQUE KEY ${name} (${on.join(', ')})`), ...indexes.map(([name, on]) => `KEY ${name} (${on.join(', ')})`)]
    : [];
  const end = isMysql ? ') ENGINE=InnoDB DEFAULT CHARSET=utf8mb4' : ')';
  await knex.raw(`CREATE TABLE IF NOT EXISTS ${table.name} (\n${[...id, ...columns, ...key, ...inline].join(',\n')}\n${end}`);
  if (isMysql) return;
  for (const [name, on] of unique) await knex.raw(`CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON ${table.name} (${on.join(', ')})`);
  for (const [name, on] of indexes) await knex.raw(`CREATE INDEX IF NOT EXISTS ${name} ON ${table.name} (${on.join(', ')})`);
}
