import type { Binding } from '../../kernel/db/statement.ts';
import type { Sort } from '../../shared/conversations.ts';
import type { Condition, Segment } from './list-segments.ts';

export type Dialect = 'sqlite' | 'mysql';
export interface Place { key: number; id: number }

interface Order { column: 'last_message_at' | 'waiting_key'; index: 'newest' | 'waiting'; isAscending: boolean }

export const orders: Readonly<Record<Sort, Order>> = {
  newest: { column: 'last_message_at', index: 'newest', isAscending: false },
  oldest: { column: 'last_message_at', index: 'newest', isAscending: true },
  waiting: { column: 'waiting_key', index: 'waiting', isAscending: true },
};

/**
 * Names the index instead of leaving the choice to the engine: MariaDB reads an equality range from its start when it
 * meets a keyset condition, unless the index is forced. A missing index is an error on both engines, not a slow page.
 */
const hinted = (dialect: Dialect, table: string, index: string): string =>
  `${table} t ${dialect === 'sqlite' ? `INDEXED BY ${index}` : `FORCE INDEX (${index})`}`;

/** `c` is the conversation in what is left to check; a person's list joins it for that only. */
function source(dialect: Dialect, segment: Segment, index: string): { from: string; idColumn: string; rest: Condition | null } {
  const from = hinted(dialect, segment.from, index);
  if (segment.from === 'conversations') {
    const rest = segment.rest && { ...segment.rest, sql: segment.rest.sql.replaceAll(/\bc\./g, 't.') };
    return { from, idColumn: 't.id', rest };
  }
  const joined = segment.rest ? `${from} CROSS JOIN conversations c ON c.id = t.conversation_id` : from;
  return { from: joined, idColumn: 't.conversation_id', rest: segment.rest };
}

/** First rows of a part after a place: ids and sort keys only. */
export function pageSql(dialect: Dialect, segment: Segment, sort: Sort, after: Place | null, limit: number): { sql: string; bindings: Binding[] } {
  const order = orders[sort];
  const { from, idColumn, rest } = source(dialect, segment, `${segment.index}_${order.index}`);
  const key = `t.${order.column}`;
  const beyond = order.isAscending ? '>' : '<';
  const direction = order.isAscending ? 'ASC' : 'DESC';
  const conditions = segment.equals.map(({ column }) => `t.${column} = ?`);
  const bindings: Binding[] = segment.equals.map(({ value }) => value);
  if (after) {
    conditions.push(`${key} ${beyond}= ?`, `(${key} ${beyond} ? OR ${idColumn} ${beyond} ?)`);
    bindings.push(after.key, after.key, after.id);
  }
  if (rest) {
    conditions.push(rest.sql);
    bindings.push(...rest.bindings);
  }
  bindings.push(limit);
  return {
    sql: `SELECT ${idColumn} AS id, ${key} AS sort_key FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${key} ${direction}, ${idColumn} ${direction} LIMIT ?`,
    bindings,
  };
}

/** How many rows a part has, counted no further than `cap`. */
export function countSql(dialect: Dialect, segment: Segment, cap: number): { sql: string; bindings: Binding[] } {
  const { from, rest } = source(dialect, segment, `${segment.index}_newest`);
  const conditions = [...segment.equals.map(({ column }) => `t.${column} = ?`), ...(rest ? [rest.sql] : [])];
  return {
    sql: `(SELECT COUNT(*) FROM (SELECT 1 FROM ${from} WHERE ${conditions.join(' AND ')} LIMIT ${cap}) capped)`,
    bindings: [...segment.equals.map(({ value }) => value), ...(rest?.bindings ?? [])],
  };
}
