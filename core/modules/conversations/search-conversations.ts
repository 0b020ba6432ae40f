import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { mayReadNotes } from './conversation.policy.ts';
import { accessCondition, all, type Condition, type ListFilter } from './list-segments.ts';
import { searchTerms } from './search-terms.ts';
import { searchByProvider } from './search-provider.ts';
import type { Place } from './segment-sql.ts';
import { viewCondition } from './view-condition.ts';

/** Only the newest matches are looked at: what a search costs does not grow with the age of the desk. */
const matchWindow = 2_000;
const nearWindow = 200;
/** MariaDB and MySQL each read their own way of saying "two seconds"; SQLite stops at the window. */
const timeLimit = { mariadb: '/*M! SET STATEMENT max_statement_time=2 FOR */', mysql: '/*+ MAX_EXECUTION_TIME(2000) */' };
const timeoutErrors = new Set([1969, 3024]);

/** Conversations, as a plugin's search engine or else the database finds them. */
export async function searchConversations(
  ctx: ActionContext, actor: OperatorActor, filter: ListFilter, q: string, limit: number, after: Place | null,
): Promise<{ ids: number[]; next: Place | null }> {
  const found = after ? null : await searchByProvider(ctx, actor, filter, q, limit);
  return found ? { ids: found, next: null } : searchInDatabase(ctx, actor, filter, q, limit, after);
}

/** Conversations by what was written in them, by ticket number, or by the beginning of the contact's name or address. Newest match first. */
async function searchInDatabase(
  ctx: ActionContext, actor: OperatorActor, filter: ListFilter, q: string, limit: number, after: Place | null,
): Promise<{ ids: number[]; next: Place | null }> {
  const scope = all(accessCondition(actor), viewCondition(actor, filter));
  const direct = (await findDirect(ctx, scope, q)).slice(0, limit);
  const matches = await findInText(ctx, actor, scope, q);
  const best = new Map<number, number>();
  for (const { conversation_id, message_id } of matches) if (!best.has(conversation_id)) best.set(conversation_id, message_id);
  const ranked = [...best].map(([id, key]) => ({ id, key })).filter(({ id, key }) => !direct.includes(id) && (!after || key < after.key));
  const shown = after ? [] : direct;
  const room = limit - shown.length;
  const page = ranked.slice(0, room);
  const last = page.at(-1) ?? { key: Number.MAX_SAFE_INTEGER, id: 0 };
  return { ids: [...shown, ...page.map(({ id }) => id)], next: ranked.length > room ? last : null };
}

async function findInText(ctx: ActionContext, actor: OperatorActor, scope: Condition | null, q: string): Promise<{ conversation_id: number; message_id: number }[]> {
  const { dialect } = ctx.kernel.db;
  const terms = searchTerms(dialect, q);
  if (terms === null) return [];
  const window = dialect === 'sqlite'
    ? 'SELECT rowid AS message_id FROM message_search WHERE message_search MATCH ? ORDER BY rowid DESC LIMIT ?'
    : 'SELECT rowid AS message_id FROM message_search WHERE MATCH(text) AGAINST (? IN BOOLEAN MODE) ORDER BY rowid DESC LIMIT ?';
  const notes = mayReadNotes(actor) ? '' : " AND m.kind <> 'note'";
  const rest = scope ? ` AND ${scope.sql}` : '';
  const bindings: Binding[] = [terms, matchWindow, ...(scope?.bindings ?? [])];
  const select = dialect === 'mysql' ? `${timeLimit.mariadb} SELECT ${timeLimit.mysql}` : 'SELECT';
  const sql = `${select} m.conversation_id, m.id AS message_id FROM (${window}) s
    CROSS JOIN messages m ON m.id = s.message_id CROSS JOIN conversations c ON c.id = m.conversation_id
    WHERE 1 = 1${notes}${rest} ORDER BY m.id DESC`;
  return withinTime(() => selectRows(ctx.db, sql, bindings));
}

/** A ticket number, or the beginning of a name or address: looked up in their own indexes. */
async function findDirect(ctx: ActionContext, scope: Condition | null, q: string): Promise<number[]> {
  const begins = q.toLowerCase();
  const rest = scope ? ` AND ${scope.sql}` : '';
  const bindings = scope?.bindings ?? [];
  const number = /^#?\d{1,15}$/.test(q) ? await selectRows<{ id: number }>(ctx.db, `SELECT c.id FROM conversations c WHERE c.number = ?${rest}`, [q.startsWith('#') ? q : `#${q}`, ...bindings]) : [];
  const people = ['search_name', 'email'].map((column) => `SELECT id FROM (SELECT id FROM contacts WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column} LIMIT 50) by_${column}`);
  const beyond = `${begins}\u{10ffff}`;
  const near = await selectRows<{ id: number }>(ctx.db, `SELECT c.id FROM (${people.join(' UNION ')}) ct CROSS JOIN conversations c ON c.contact_id = ct.id
    WHERE 1 = 1${rest} ORDER BY c.last_message_at DESC LIMIT ${nearWindow}`, [begins, beyond, begins, beyond, ...bindings]);
  return [...new Set([...number, ...near].map(({ id }) => id))].slice(0, 20);
}

/** A word that is everywhere may take MySQL long: it is stopped then, and the person asked for a rarer one. */
async function withinTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { errno } = error as { errno?: number };
    if (errno !== undefined && timeoutErrors.has(errno)) throw new AppError(503, 'timeout', { limit: 'search' });
    throw error;
  }
}
