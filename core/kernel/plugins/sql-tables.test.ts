import { describe, expect, it } from 'vitest';
import { tablesOf } from './sql-tables.ts';

const own = 'p_chat_widgets';

describe('tablesOf', () => {
  it.each([
    [`SELECT * FROM ${own} WHERE id = ? ORDER BY name LIMIT 5`, [own]],
    [`SELECT w.id, (SELECT COUNT(*) FROM p_chat_hits h WHERE h.widget_id = w.id) FROM ${own} w`, ['p_chat_hits', own]],
    [`SELECT * FROM ${own} w LEFT JOIN p_chat_hits AS h ON h.widget_id = w.id`, [own, 'p_chat_hits']],
    [`SELECT * FROM ${own}, operators`, [own, 'operators']],
    [`SELECT * FROM ${own} AS w, (SELECT 1) x, "operators"`, [own, 'operators']],
    [`SELECT 1 FROM (SELECT * FROM operators) x`, ['operators']],
    [`WITH latest AS (SELECT * FROM ${own}) SELECT * FROM latest JOIN sessions s ON 1`, [own, 'sessions']],
    [`INSERT INTO ${own} (id, name) VALUES (?, 'from operators') ON CONFLICT (id) DO UPDATE SET name = excluded.name`, [own]],
    [`INSERT IGNORE INTO ${own} SELECT * FROM roles`, [own, 'roles']],
    [`INSERT INTO ${own} (id) VALUES (?) ON DUPLICATE KEY UPDATE name = VALUES(name)`, [own]],
    [`UPDATE ${own}, operators SET name = 1`, [own, 'operators']],
    [`DELETE FROM ${own} WHERE id IN (SELECT id FROM tokens)`, [own, 'tokens']],
    [`SELECT * FROM ${own} UNION SELECT * FROM \`operators\``, [own, 'operators']],
    [`SELECT settings, operators FROM ${own} FOR UPDATE`, [own]],
    [`CREATE TABLE IF NOT EXISTS ${own} (id INTEGER PRIMARY KEY, brand_id INTEGER REFERENCES brands(id))`, [own, 'brands']],
    [`CREATE UNIQUE INDEX IF NOT EXISTS p_chat_i ON ${own} (name)`, [own]],
    [`CREATE TABLE ${own} LIKE operators`, [own, 'operators']],
    [`ALTER TABLE ${own} RENAME TO operators`, [own, 'operators']],
    [`ALTER TABLE ${own} RENAME COLUMN a TO b`, [own, 'b']],
    [`DROP TABLE IF EXISTS ${own}, operators`, [own, 'operators']],
  ])('%s', (sql, tables) => {
    expect(tablesOf(sql).tables.sort()).toEqual([...tables].sort());
  });

  it.each([
    ['two statements', `SELECT 1; DROP TABLE operators`],
    ['a comment', `SELECT * FROM ${own} -- x`],
    ['a comment that MySQL runs', `SELECT * FROM ${own} /*! UNION SELECT * FROM operators */`],
    ['a backslash', `SELECT * FROM ${own} WHERE a = '\\' UNION SELECT * FROM operators -- '`],
    ['another database', `SELECT * FROM main.operators`],
    ['a file', `SELECT 1 INTO OUTFILE '/tmp/x'`],
    ['a pragma', 'PRAGMA table_info(operators)'],
    ['an attached database', `ATTACH DATABASE '/tmp/x' AS x`],
    ['a trigger', `CREATE TRIGGER t AFTER INSERT ON ${own} BEGIN DELETE FROM operators; END`],
    ['a view', 'CREATE VIEW v AS SELECT 1'],
    ['a call', 'CALL x()'],
    ['a setting', 'SET GLOBAL x = 1'],
    ['an open string', `SELECT 'x FROM ${own}`],
    ['nothing', ''],
  ])('refuses %s', (_name, sql) => {
    expect(() => tablesOf(sql)).toThrow(/refused SQL/);
  });

  it('tells definitions apart', () => {
    expect(tablesOf(`SELECT * FROM ${own};`).kind).toBe('query');
    expect(tablesOf(`DROP TABLE ${own}`).kind).toBe('definition');
  });
});
