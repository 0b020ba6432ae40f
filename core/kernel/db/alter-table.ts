import type { Knex } from 'knex';
import { selectRows } from './statement.ts';
import { sqliteType } from './create-table.ts';

const isMysql = (knex: Knex): boolean => (knex.client as { dialect: string }).dialect === 'mysql';

async function columnsOf(knex: Knex, table: string): Promise<ReadonlySet<string>> {
  const rows = isMysql(knex)
    ? await selectRows<{ name: string }>(knex, 'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?', [table])
    : await selectRows<{ name: string }>(knex, 'SELECT name FROM pragma_table_info(?)', [table]);
  return new Set(rows.map(({ name }) => name));
}

/** Adds the columns that a table lacks, in the words of `createTable`: one statement on MySQL, and a step that was killed half-way can run again. */
export async function addColumns(knex: Knex, table: string, columns: Readonly<Record<string, string>>): Promise<void> {
  const there = await columnsOf(knex, table);
  const missing = Object.entries(columns).filter(([name]) => !there.has(name));
  if (missing.length === 0) return;
  if (isMysql(knex)) {
    await knex.raw(`ALTER TABLE ${table} ${missing.map(([name, type]) => `ADD COLUMN ${name} ${type}`).join(', ')}`);
    return;
  }
  for (const [name, type] of missing) await knex.raw(`ALTER TABLE ${table} ADD COLUMN ${name} ${sqliteType(type)}`);
}

/** Makes the indexes that are not there yet; one that is stays as it is. */
export async function addIndexes(knex: Knex, table: string, added: { unique?: Readonly<Record<string, readonly string[]>>; indexes?: Readonly<Record<string, readonly string[]>> }): Promise<void> {
  const wanted = [
    ...Object.entries(added.unique ?? {}).map(([name, on]) => ({ name, on, kind: 'UNIQUE INDEX' })),
    ...Object.entries(added.indexes ?? {}).map(([name, on]) => ({ name, on, kind: 'INDEX' })),
  ];
  if (!isMysql(knex)) {
    for (const { name, on, kind } of wanted) await knex.raw(`CREATE ${kind} IF NOT EXISTS ${name} ON ${table} (${on.join(', ')})`);
    return;
  }
  const rows = await selectRows<{ name: string }>(knex, 'SELECT DISTINCT index_name AS name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ?', [table]);
  const there = new Set(rows.map(({ name }) => name));
  const missing = wanted.filter(({ name }) => !there.has(name));
  if (missing.length > 0) await knex.raw(`ALTER TABLE ${table} ${missing.map(({ name, on, kind }) => `ADD ${kind} ${name} (${on.join(', ')})`).join(', ')}`);
}
