import { execute } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, conflict, forbidden } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { findConversationById, lockConversation } from '../conversations/index.ts';
import { contactProblem } from './call-binding.ts';
import { findKnownTool, type KnownTool } from './known-tools.ts';
import { leaseEnd } from './open-call.ts';
import { runCall } from './run-call.ts';
import { tellDecided, tellEnded } from './tell-call.ts';
import { decidable, isDecidable, type ListedCall, type ToolCallRow } from './tool-call.model.ts';
import { findCall, readCall } from './tool-call.queries.ts';
import { presentCall } from './tool-call.presenter.ts';
import { findToolSettings, roleUidOf, ruleFor } from './tool-rules.ts';

/** A person says yes or no to a call. Of several who do so at once one wins; the others are told 409 `decided` with the present state. */
export async function decideCall(ctx: ActionContext, uid: string, { approve, reason }: { approve: boolean; reason?: string | undefined }): Promise<ListedCall> {
  const seen = await readCall(ctx, uid);
  ctx.authorize('tool-call.decide');
  const tool = findKnownTool(ctx.kernel, seen.tool_id);
  const settings = await findToolSettings(ctx.db, seen.tool_id);
  if (tool && ruleFor(tool, settings, 'roles', await roleUidOf(ctx.db, ctx.actor)) === 'never') throw new AppError(403, 'tool_forbidden');
  if (!isDecidable(seen, ctx.now) || (!approve && seen.status !== 'pending')) throw await decided(ctx, uid);
  if (!approve) {
    if (!await ctx.transaction((tx) => reject(tx, seen, reason ?? null))) throw await decided(ctx, uid);
    return readCall(ctx, uid);
  }
  if (!tool) throw conflict('tool_unavailable');
  const isForbidden = seen.actor_type === 'assistant' && ruleFor(tool, settings, 'assistants', seen.actor_uid) === 'never';
  if (!settings.isEnabled || isForbidden) throw conflict('tool_disabled');
  const claimed = await ctx.transaction((tx) => claim(tx, tool, seen, reason ?? null));
  if (!claimed) throw await decided(ctx, uid);
  if (claimed.status === 'running') await runCall(ctx, tool, claimed, new AbortController().signal);
  return readCall(ctx, uid);
}

async function decided(ctx: ActionContext, uid: string): Promise<AppError> {
  return conflict('decided', { call: await presentCall(ctx, await readCall(ctx, uid)) });
}

interface Decider { id: number; uid: string; name: string }
function deciderOf(tx: ActionContext): Decider {
  if (!isStaff(tx.actor)) throw forbidden('tool-call.decide');
  return { id: tx.actor.rowId, uid: tx.actor.id, name: tx.actor.name };
}

const byColumns = 'decided_by = ?, decided_by_uid = ?, decided_by_name = ?, decided_at = ?, reason = ?, told_at = NULL, updated_at = ?';
const byBindings = (tx: ActionContext, reason: string | null) => {
  const { id, uid, name } = deciderOf(tx);
  return [id, uid, name, tx.now, reason, tx.now] as const;
};

async function reject(tx: ActionContext, { id, uid, conversation_id }: ToolCallRow, reason: string | null): Promise<boolean> {
  await lockConversation(tx, conversation_id);
  const { changes } = await execute(tx.db, `UPDATE tool_calls SET status = 'rejected', ${byColumns} WHERE id = ? AND status = 'pending' AND expires_at > ?`, [...byBindings(tx, reason), id, tx.now]);
  if (changes === 0) return false;
  await tellDecided(tx, await reread(tx, uid), false);
  return true;
}

/** Takes the call for this process before any of the plugin's code runs; null when somebody else was faster. */
async function claim(tx: ActionContext, tool: KnownTool, { id, uid, conversation_id, contact_id }: ToolCallRow, reason: string | null): Promise<ToolCallRow | null> {
  await lockConversation(tx, conversation_id);
  const conversation = await findConversationById(tx.db, conversation_id);
  const problem = conversation ? await contactProblem(tx, { scope: tool.provider.scope, contact_id }, conversation) : null;
  const next = problem
    ? { sql: "status = 'failed', error = ?, started_at = NULL, claim_token = NULL, lease_until = NULL", bindings: [problem] }
    : { sql: "status = 'running', error = NULL, result = NULL, started_at = ?, claim_token = ?, lease_until = ?", bindings: [tx.now, newId(), await leaseEnd(tx)] };
  const { changes } = await execute(tx.db, `UPDATE tool_calls SET ${next.sql}, ${byColumns} WHERE id = ? AND ${decidable}`, [...next.bindings, ...byBindings(tx, reason), id, tx.now]);
  if (changes === 0) return null;
  const call = await reread(tx, uid);
  await tellDecided(tx, call, true);
  if (problem) await tellEnded(tx, call);
  return call;
}

async function reread(tx: ActionContext, uid: string): Promise<ToolCallRow> {
  const call = await findCall(tx.db, uid);
  if (!call) throw new Error('the call is gone');
  return call;
}
