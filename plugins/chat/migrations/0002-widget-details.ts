import type { DatabaseApi } from '@plugboard/sdk';

/** Where a definition can't be taken back, a step that was cut off runs again and finds some of its columns. */
const hasColumn = (db: DatabaseApi, table: string, column: string): Promise<boolean> =>
  db.query(`SELECT ${column} FROM ${table} LIMIT 1`).then(() => true, () => false);

/** Identity secrets, versions, names from other desks, own texts, and which brands have been given their first widget. */
export async function up(db: DatabaseApi): Promise<void> {
  const widgets = db.table('widgets');
  for (const [column, type] of [
    ['version', 'INTEGER NOT NULL DEFAULT 1'],
    ['revision', `VARCHAR(26) NOT NULL DEFAULT ''`],
    ['texts_version', 'INTEGER NOT NULL DEFAULT 0'],
    ['secret_sealed', 'TEXT NULL'],
    ['secret_created_at', 'BIGINT NULL'],
    ['secret_previous', 'TEXT NULL'],
    ['secret_previous_until', 'BIGINT NULL'],
  ] as const) if (!await hasColumn(db, widgets, column)) await db.run(`ALTER TABLE ${widgets} ADD COLUMN ${column} ${type}`);

  // Other desks' names differ in case alone.
  const exact = db.dialect === 'mysql' ? ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' : '';
  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('aliases')} (
    alias VARCHAR(100)${exact} NOT NULL PRIMARY KEY,
    widget_id VARCHAR(26) NOT NULL
  )`);

  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('texts')} (
    widget_id VARCHAR(26) NOT NULL,
    locale VARCHAR(35) NOT NULL,
    text_key VARCHAR(120) NOT NULL,
    own_text TEXT NOT NULL,
    PRIMARY KEY (widget_id, locale, text_key)
  )`);

  await db.run(`CREATE TABLE IF NOT EXISTS ${db.table('first_widgets')} (
    brand_id VARCHAR(26) NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
  )`);
  await db.run(`INSERT INTO ${db.table('first_widgets')} (brand_id, created_at)
    SELECT brand_id, MIN(created_at) FROM ${widgets} WHERE brand_id NOT IN (SELECT brand_id FROM ${db.table('first_widgets')}) GROUP BY brand_id`);
}
