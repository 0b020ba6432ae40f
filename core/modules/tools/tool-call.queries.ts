import type { Knex } from 'knex';
import { execute, selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { CallStatus } from '../../shared/assistants.ts';
import { accessCondition, accessOf, findConversationById, guardsLetSee } from '../conversations/index.ts';
import type { ListedCall, ToolCallRow } from './tool-call.model.ts';

const listedColumns = `t.*, c.uid AS conversation_uid, c.subject AS conversation_subject,
  (SELECT COALESCE(ct.name, ct.email) FROM contacts ct WHERE ct.id = c.contact_id) AS contact_name`;
const source = 'FROM tool_calls t JOIN conversations c ON c.id = t.conversation_id';

export async function findCall(db: Knex, uid: string): Promise<ListedCall | undefined> {
  const [row] = await selectRows<ListedCall>(db, `SELECT ${listedColumns} ${source} WHERE t.uid = ?`, [uid]);
  return row;
}

/** A call of a conversation that the actor may see. Any other one does not exist for it. */
export async function readCall(ctx: ActionContext, uid: string): Promise<ListedCall> {
  const call = await findCall(ctx.db, uid);
  const conversation = call && await findConversationById(ctx.db, call.conversation_id);
  if (!call || !conversation || !ctx.can('conversation.view', accessOf(conversation)) || !(await guardsLetSee(ctx.kernel, ctx.actor, conversation))) throw notFound('tool-call');
  return call;
}

/** The call that was made under the same place of a turn, or the same key of an operator. */
export async function findRepeated(db: Knex, of: { runUid: string; ordinal: number } | { actorId: number; requestKey: string }): Promise<ToolCallRow | undefined> {
  const [row] = 'runUid' in of
    ? await selectRows<ToolCallRow>(db, 'SELECT * FROM tool_calls WHERE run_uid = ? AND ordinal = ?', [of.runUid, of.ordinal])
    : await selectRows<ToolCallRow>(db, 'SELECT * FROM tool_calls WHERE actor_id = ? AND request_key = ?', [of.actorId, of.requestKey]);
  return row;
}

export interface CallFilter { status?: CallStatus | undefined; effect?: 'read' | 'write' | undefined; conversationId?: string | undefined }

/** Newest first, of conversations that the actor may see; one row more than asked for tells of a next page. */
export async function selectCalls(ctx: ActionContext, filter: CallFilter, page: { limit: number; beforeId?: number | undefined }): Promise<ListedCall[]> {
  if (!isStaff(ctx.actor)) throw forbidden('tool-call.view');
  const access = accessCondition(ctx.actor);
  const conditions = ['t.id < ?'];
  const bindings: Binding[] = [page.beforeId ?? Number.MAX_SAFE_INTEGER];
  const add = (sql: string, ...values: Binding[]) => { conditions.push(sql); bindings.push(...values); };
  if (filter.status) add('t.status = ?', filter.status);
  if (filter.status === 'pending') add('t.expires_at > ?', ctx.now);
  if (filter.effect) add('t.effect = ?', filter.effect);
  if (filter.conversationId) add('c.uid = ?', filter.conversationId);
  if (access) add(access.sql, ...access.bindings);
  return selectRows<ListedCall>(ctx.db, `SELECT ${listedColumns} ${source} WHERE ${conditions.join(' AND ')} ORDER BY t.id DESC LIMIT ?`, [...bindings, page.limit + 1]);
}

const countCap = 1_000;

/** How many calls wait for somebody in conversations that the actor may see. */
export async function countPending(ctx: ActionContext): Promise<number> {
  if (!isStaff(ctx.actor)) throw forbidden('tool-call.view');
  const access = accessCondition(ctx.actor);
  const [row] = await selectRows<{ pending: number }>(ctx.db,
    `SELECT COUNT(*) AS pending FROM (SELECT 1 ${source} WHERE t.status = 'pending' AND t.expires_at > ?${access ? ` AND ${access.sql}` : ''} LIMIT ${countCap}) waiting`,
    [ctx.now, ...(access?.bindings ?? [])]);
  return Number(row?.pending ?? 0);
}

export async function insertCall(db: Knex, row: Omit<ToolCallRow, 'id'>): Promise<ToolCallRow> {
  const columns = Object.keys(row) as (keyof typeof row)[];
  const { id } = await execute(db, `INSERT INTO tool_calls (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, columns.map((column): Binding => row[column]));
  return { id, ...row };
}
