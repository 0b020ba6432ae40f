import type { Knex } from 'knex';
import { execute, type Binding } from '../db/statement.ts';
import { currentScope, type TransactionScope } from '../db/transaction-scope.ts';
import { newId } from '../ids.ts';
import type { OutboxEntry } from './outbox.ts';

type Entry = Pick<OutboxEntry, 'kind' | 'name' | 'payload'>;
type Rows = Record<OutboxEntry['kind'], Binding[][]>;

const tables = { event: 'outbox', broadcast: 'broadcasts' };
const maxRows = 500;
const waiting = new WeakMap<TransactionScope, Rows>();

/**
 * Writes a row into the transaction. The rows of one transaction are written together at its end: one statement per table, and ids
 * that are taken just before the commit, so that they seldom become visible out of order.
 */
export async function addRow(knex: Knex, { kind, name, payload }: Entry): Promise<void> {
  const row = [newId(), name, JSON.stringify(payload), Date.now()];
  const scope = currentScope();
  // On knex, or in a savepoint that may be taken back alone, the row is written where it stands.
  if (!scope?.isOpen || scope.trx !== knex) return insert(knex, kind, [row]);
  const rows = waiting.get(scope) ?? begin(scope, knex);
  rows[kind].push(row);
}

function begin(scope: TransactionScope, knex: Knex): Rows {
  const rows: Rows = { event: [], broadcast: [] };
  waiting.set(scope, rows);
  scope.beforeCommit.push(async () => {
    await insert(knex, 'broadcast', rows.broadcast);
    await insert(knex, 'event', rows.event);
  });
  return rows;
}

async function insert(knex: Knex, kind: OutboxEntry['kind'], rows: readonly Binding[][]): Promise<void> {
  for (let from = 0; from < rows.length; from += maxRows) {
    const part = rows.slice(from, from + maxRows);
    await execute(knex, `INSERT INTO ${tables[kind]} (event_id, name, payload, created_at) VALUES ${part.map(() => '(?, ?, ?, ?)').join(', ')}`, part.flat());
  }
}
