import { selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { forbidden } from '../../kernel/errors.ts';
import { isStaff, type OperatorActor } from '../../kernel/policy/actor.ts';
import type { ConversationSummary, Sort, View } from '../../shared/conversations.ts';
import { callActorOf } from './conversation-ref.ts';
import { presentSummaries } from './conversation.presenter.ts';
import { selectListed, type ListedConversation } from './conversation.queries.ts';
import { decodePlace, encodePlace } from './list-cursor.ts';
import { segmentsOf, type ListFilter } from './list-segments.ts';
import { searchConversations } from './search-conversations.ts';
import { orders, pageSql, type Place } from './segment-sql.ts';

export interface ListQuery { view: View; sort: Sort; limit: number; q?: string | undefined; cursor?: string | undefined; departmentId?: string | undefined; brandId?: string | undefined }
export interface ConversationPage { data: ConversationSummary[]; nextCursor: string | null }

/** A page of the inbox: one statement for the places, one for the rows, one for the names of assignees. */
export async function listConversations(ctx: ActionContext, query: ListQuery): Promise<ConversationPage> {
  const { actor } = ctx;
  if (!isStaff(actor)) throw forbidden('conversation.list');
  const filter = await resolveFilter(ctx, query);
  if (!filter) return { data: [], nextCursor: null };
  const q = query.q?.trim();
  const list = q ? 'conversations.search' : `conversations.${query.sort}`;
  const after = query.cursor ? decodePlace(list, query.cursor) : null;
  const { ids, next } = q
    ? await searchConversations(ctx, actor, filter, q, query.limit, after)
    : await selectPage(ctx, actor, filter, query.sort, query.limit, after);
  const rows = await selectListed(ctx.db, ids, actor.rowId);
  const data = await presentSummaries(ctx, await passFilter(ctx, actor, rows, query.view, q));
  return { data, nextCursor: next && encodePlace(list, next) };
}

async function selectPage(ctx: ActionContext, actor: OperatorActor, filter: ListFilter, sort: Sort, limit: number, after: Place | null): Promise<{ ids: number[]; next: Place | null }> {
  const parts = segmentsOf(actor, filter).map((segment) => pageSql(ctx.kernel.db.dialect, segment, sort, after, limit + 1));
  const first = parts[0];
  if (!first) return { ids: [], next: null };
  const sql = parts.length === 1 ? first.sql : parts.map((part, index) => `SELECT * FROM (${part.sql}) p${index}`).join(' UNION ALL ');
  const found = await selectRows<{ id: number; sort_key: number }>(ctx.db, sql, parts.flatMap(({ bindings }) => bindings));
  const sign = orders[sort].isAscending ? 1 : -1;
  const sorted = parts.length === 1 ? found : found.sort((a, b) => sign * (a.sort_key - b.sort_key || a.id - b.id));
  const page = sorted.slice(0, limit);
  const last = page.at(-1);
  return { ids: page.map(({ id }) => id), next: found.length > limit && last ? { key: last.sort_key, id: last.id } : null };
}

/** Row ids of the department and brand that the request names; null when there is no such thing. */
async function resolveFilter(ctx: ActionContext, query: ListQuery): Promise<ListFilter | null> {
  const { view, departmentId, brandId } = query;
  if (departmentId === undefined && brandId === undefined) return { view };
  const [row] = await selectRows<{ department: number | null; brand: number | null }>(ctx.db,
    'SELECT (SELECT id FROM departments WHERE uid = ?) AS department, (SELECT id FROM brands WHERE uid = ?) AS brand', [departmentId ?? null, brandId ?? null]);
  const isMissing = (departmentId !== undefined && row?.department == null) || (brandId !== undefined && row?.brand == null);
  return isMissing ? null : { view, departmentId: row?.department ?? undefined, brandId: row?.brand ?? undefined };
}

/** Plugins may take rows out of a list or put them in another order; they cannot bring any in. */
async function passFilter(ctx: ActionContext, actor: OperatorActor, rows: ListedConversation[], view: View, q: string | undefined): Promise<ListedConversation[]> {
  const value = { ids: rows.map(({ uid }) => uid) };
  const passed = q
    ? await ctx.kernel.hooks.filter('search.results', value, { query: q, operatorId: actor.id }, callActorOf(actor))
    : await ctx.kernel.hooks.filter('conversation.list', value, { view, operatorId: actor.id }, callActorOf(actor));
  if (passed === value) return rows;
  const byUid = new Map(rows.map((row) => [row.uid, row]));
  return [...new Set(passed.ids)].flatMap((uid) => byUid.get(uid) ?? []);
}
