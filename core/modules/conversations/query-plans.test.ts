import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import { newId } from '../../kernel/ids.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { sorts, views } from '../../shared/conversations.ts';
import { segmentsOf, type Segment } from './list-segments.ts';
import { countSql, pageSql } from './segment-sql.ts';

const rowsMade = 6_000;

describe.each(['sqlite', 'mariadb'] as const)('query plans on %s', (engine) => {
  const dialect = engine === 'sqlite' ? 'sqlite' : 'mysql';
  let desk: ConversationDesk;
  let actor: OperatorActor;

  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    const { knex } = desk.kernel.db;
    actor = (await desk.operator('Grace')).actor as OperatorActor;
    const contact = (await desk.contact()).actor as { rowId: number };
    const rows = Array.from({ length: rowsMade }, (_, index) => {
      const bucket = index % 10 === 0 ? (index / 10) % 6 + 1 : 1;
      const at = 1_700_000_000_000 + index * 1_000;
      return {
        uid: newId(), brand_id: desk.brand.id, channel: 'chat', contact_id: contact.rowId, department_id: index % 2 ? 1 : null, status: 'open', priority: 'normal', bucket, waiting_key: at, waiting_since: at, last_message_at: at,
        assignees: '[]', tags: '[]', snippet: '', snippet_author: 'contact', snippet_name: '', meta: '{}', created_at: at, updated_at: at,
      };
    });
    await desk.kernel.db.transaction((trx) => trx.batchInsert('conversations', rows, 25));
    const people = (await knex('conversations').select('id', 'bucket', 'last_message_at', 'waiting_key')).map(({ id, ...keys }, index) => ({ conversation_id: id, operator_id: index % 4 ? actor.rowId : actor.rowId + 1, ...keys }));
    for (const table of ['conversation_assignees', 'conversation_mentions']) await desk.kernel.db.transaction((trx) => trx.batchInsert(table, people, 100));
    await knex.raw(engine === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE conversations, conversation_assignees, conversation_mentions');
  });
  afterAll(() => desk.stop());

  const scopes = (): [string, OperatorActor][] => [
    ['all', actor],
    ['brands', { ...actor, brandIds: new Set([desk.brand.id, 77]) }],
    ['department', { ...actor, scope: 'department', departmentIds: new Set([1, 2]) }],
    ['own', { ...actor, scope: 'own' }],
  ];

  /** Each table of the plan must be reached by an index, in its order. */
  async function problemsOf(sql: string, bindings: readonly Binding[]): Promise<string[]> {
    if (engine === 'sqlite') {
      const plan = await selectRows<{ detail: string }>(desk.kernel.db.knex, `EXPLAIN QUERY PLAN ${sql}`, bindings);
      return plan.map(({ detail }) => detail).filter((detail) => /^SCAN (t|c|m)\b|TEMP B-TREE/.test(detail));
    }
    const plan = await selectRows<{ table: string; type: string; Extra: string }>(desk.kernel.db.knex, `EXPLAIN ${sql}`, bindings);
    return plan.filter(({ table }) => !table?.startsWith('<derived')).filter(({ type, Extra }) => ['ALL', 'index'].includes(type) || /filesort|temporary/i.test(Extra ?? '')).map((row) => JSON.stringify(row));
  }

  const pages = function* (): Generator<{ name: string; segment: Segment; sql: string; bindings: Binding[] }> {
    for (const [scope, who] of scopes()) for (const view of views) for (const departmentId of [undefined, 1]) for (const sort of sorts) {
      for (const after of [null, { key: 1_700_003_000_000, id: 3_000 }]) {
        for (const segment of segmentsOf(who, { view, departmentId })) yield { name: `${scope} ${view} ${sort}`, segment, ...pageSql(dialect, segment, sort, after, 51) };
      }
    }
  };

  it('reads every page of every view by an index, in its order', async () => {
    let checked = 0;
    for (const { name, sql, bindings } of pages()) {
      expect(await problemsOf(sql, bindings), `${name}: ${sql}`).toEqual([]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(300);
  });

  it('counts every view by an index', async () => {
    for (const [scope, who] of scopes()) for (const view of views) for (const segment of segmentsOf(who, { view })) {
      const { sql, bindings } = countSql(dialect, segment, 1_000);
      expect(await problemsOf(`SELECT ${sql} AS n`, bindings), `${scope} ${view}: ${sql}`).toEqual([]);
    }
  });

  if (engine === 'mariadb') it('reads no more rows in the depth than at the start', async () => {
    const read = async (sql: string, bindings: readonly Binding[]): Promise<number> => desk.kernel.db.transaction(async (trx) => {
      await trx.raw('FLUSH STATUS');
      await selectRows(trx, sql, bindings);
      const status = await selectRows<{ Value: string }>(trx, "SHOW SESSION STATUS LIKE 'Handler_read_%'");
      return status.reduce((sum, { Value }) => sum + Number(Value), 0);
    });
    const [segment] = segmentsOf(actor, { view: 'all' });
    if (!segment) throw new Error('no segment');
    for (const sort of sorts) {
      const deep = sort === 'newest' ? { key: 1_700_000_600_000, id: 600 } : { key: 1_700_005_000_000, id: 5_000 };
      const page = pageSql(dialect, segment, sort, deep, 51);
      expect(await read(page.sql, page.bindings), sort).toBeLessThan(70);
    }
  });

  it('reads a contact\'s list, a thread and a place in it by their indexes', async () => {
    const hot: [string, Binding[]][] = [
      ['SELECT * FROM messages WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?', [1, 1_000, 51]],
      ["SELECT * FROM messages WHERE conversation_id = ? AND seq > ? AND is_public = 1 AND kind IN ('reply', 'event') ORDER BY seq ASC LIMIT ?", [1, 1, 51]],
      ['SELECT * FROM messages WHERE conversation_id = ? AND author_type = ? AND author_id = ? AND cid = ?', [1, 'contact', 1, 'x']],
      ['SELECT c.id FROM conversations c WHERE c.contact_id = ? AND c.last_message_at <= ? AND (c.last_message_at < ? OR c.id < ?) ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?', [1, 5, 5, 5, 51]],
      ['SELECT * FROM conversations WHERE uid = ?', ['x']],
    ];
    for (const [sql, bindings] of hot) expect(await problemsOf(sql, bindings), sql).toEqual([]);
  });
});
