import type { DatabaseApi } from '@plugboard/sdk';

/** Makes one of the plugin's tables with its indexes, so that a migration that was cut off can run again. */
export async function createTable(db: DatabaseApi, name: string, lines: readonly string[], indexes: Readonly<Record<string, string>> = {}): Promise<void> {
  const table = db.table(name);
  const inline = db.dialect === 'mysql' ? Object.entries(indexes).map(([index, columns]) => `KEY ${table}_${index} (${columns})`) : [];
  await db.run(`CREATE TABLE IF NOT EXISTS ${table} (\n${[...lines, ...inline].join(',\n')}\n)`);
  if (db.dialect === 'mysql') return;
  for (const [index, columns] of Object.entries(indexes)) await db.run(`CREATE INDEX IF NOT EXISTS ${table}_${index} ON ${table} (${columns})`);
}
