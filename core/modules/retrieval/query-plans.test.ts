import { beforeAll, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../../tests/support/databases.ts';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import { newId } from '../../kernel/ids.ts';
import { nearSql } from './near-terms.ts';
import { candidatesByIdSql, candidatesSql, matchOf, textsSql, type Reach } from './passage.queries.ts';
import { encodeTerm } from './text/encode-term.ts';

const rowsMade = 3_000;
const reach: Reach = { brandId: 1, audiences: ['public', 'signed-in'] };

forEachDatabase('query plans of the retrieval', (make, engine) => {
  const dialect = engine === 'sqlite' ? 'sqlite' : 'mysql';
  let test: TestDatabase;

  beforeAll(async () => {
    test = await make();
    const word = (index: number) => `word${index % 300}`;
    await test.db.transaction(async (trx) => {
      const passages = Array.from({ length: rowsMade }, (_, index) => ({
        id: index + 1, uid: newId(), kind: 'article', document_id: `d${index % 900}`, source_id: `s${index % 30}`, brand_id: (index % 3) || null, audience: 'public', locale: 'en', position: 0, title: 't', headings: '[]', tags: '[]', url: null,
        text: 'text', digest: 'x', term_count: 2, version: 1, created_at: 1,
      }));
      await trx.batchInsert('passages', passages, 50);
      await trx.batchInsert('passage_search', passages.map(({ id }) => ({ rowid: id, terms: `xxtitle | | | ${encodeTerm(word(id))} xxcommon` })), 100);
      await trx.batchInsert('passage_terms', Array.from({ length: rowsMade }, (_, index) => ({ term: `${(index * 7919 % 17_576).toString(36)}w${index}`, passages: 1, head: `${(index % 26).toString(36)}w`, tail: `t${index % 90}`, letters: 4 + index % 9 })), 100);
      await trx.batchInsert('passage_vectors', passages.map(({ id }) => ({ passage_id: id, model: 'm', vector: Buffer.alloc(16) })), 100);
    });
    await test.db.knex.raw(engine === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE passages, passage_search, passage_terms, passage_vectors');
  });

  /** Tables that would be read from their beginning to their end. */
  async function scansOf(sql: string, bindings: readonly Binding[]): Promise<string[]> {
    if (engine === 'sqlite') {
      const plan = await selectRows<{ detail: string }>(test.db.knex, `EXPLAIN QUERY PLAN ${sql}`, bindings);
      return plan.map(({ detail }) => detail).filter((detail) => /^SCAN (?!b$|h\d|t\d|\(subquery|.*VIRTUAL TABLE INDEX \d+:(?:M|=))/.test(detail));
    }
    const plan = await selectRows<{ table: string; type: string; rows: number }>(test.db.knex, `EXPLAIN ${sql}`, bindings);
    return plan.filter(({ table, type }) => table && !table.startsWith('<') && ['ALL', 'index'].includes(type)).map((row) => JSON.stringify(row));
  }

  it('reads no table of passages or terms as a whole', async () => {
    const match = matchOf(dialect, ['word7', ['common', 'word8']]);
    const within: Binding[] = [reach.brandId, ...reach.audiences];
    const hot: [string, Binding[]][] = [
      [candidatesSql(dialect, reach), [match, ...within, ...(dialect === 'mysql' ? [match] : []), ...within]],
      [candidatesByIdSql(dialect, reach, 3), [1, 2, 3, ...within]],
      [textsSql(reach, 3), [1, 2, 3, ...within]],
      ['SELECT term, passages FROM passage_terms WHERE term IN (?, ?, ?)', ['a', 'b', 'c']],
      [nearSql(2), ['pa', 3, 8, 'ord', 3, 8, 'de', 4, 9, 'ry', 4, 9]],
      ['SELECT * FROM passages WHERE kind = ? AND document_id = ? AND locale = ? ORDER BY position', ['article', 'd1', 'en']],
      ['SELECT * FROM passages WHERE source_id = ? LIMIT 500', ['s1']],
      ['SELECT count(*) AS passages FROM passages WHERE kind = ? AND document_id = ?', ['article', 'd1']],
    ];
    for (const [sql, bindings] of hot) expect(await scansOf(sql, bindings), sql).toEqual([]);
    const found = await selectRows<{ id: number }>(test.db.knex, candidatesSql(dialect, reach), hot[0]?.[1] ?? []);
    expect(found.length).toBeGreaterThan(3);
  });

  it('names brand and audience in each statement that reads passages for somebody', () => {
    for (const sql of [candidatesSql(dialect, reach), candidatesByIdSql(dialect, reach, 1), textsSql(reach, 1)]) {
      expect(sql.match(/p\.brand_id = \? OR p\.brand_id IS NULL\) AND p\.audience IN \(\?, \?\)/g)?.length).toBe(sql.split('FROM passages p').length + sql.split('JOIN passages p').length - 2);
    }
  });
});
