import { nowSql } from '../../kernel/db/clock.ts';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import { selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { forbidden } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { findConversationById, lockConversation, type LoadedConversation } from '../conversations/index.ts';
import { bindCall, contactProblem } from './call-binding.ts';
import { checkInput, issuesText } from './check-input.ts';
import { modelNameOf, textsFor, type KnownTool } from './known-tools.ts';
import { previewCall } from './preview-call.ts';
import { broadcastCall, tellEnded, tellWaiting } from './tell-call.ts';
import { callErrors, toolLimits, type ToolCallRow } from './tool-call.model.ts';
import { findRepeated, insertCall } from './tool-call.queries.ts';

export interface CallRequest {
  tool: KnownTool;
  conversation: LoadedConversation;
  input: unknown;
  needsApproval: boolean;
  origin: { runUid: string; ordinal: number } | { requestKey: string };
  signal: AbortSignal;
  /** Asked in the transaction that starts the call. */
  isStillMine?: ((tx: ActionContext) => Promise<boolean>) | undefined;
}

/** A call that leaves no trace: it was not allowed to begin. */
export class CallRefused extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = 'CallRefused';
    this.reason = reason;
  }
}

/**
 * Makes the row of a call in the name of whoever acts: running and claimed, waiting for a person, or failed because it cannot
 * be asked for like this. Once for each origin: a repeat is answered with what is there. Throws `CallRefused`.
 */
export async function openCall(ctx: ActionContext, request: CallRequest): Promise<{ call: ToolCallRow; isNew: boolean }> {
  const there = await findRepeated(ctx.db, originOf(ctx, request));
  if (there) return { call: there, isNew: false };
  const prepared = await prepare(ctx, request);
  try {
    return await ctx.transaction(async (tx) => {
      const { contact_id: contactId } = await lockConversation(tx, request.conversation.id);
      // Once the conversation is locked, whoever was faster can be seen.
      const other = await findRepeated(tx.db, originOf(tx, request));
      return other ? { call: other, isNew: false } : { call: await begin(tx, request, prepared, contactId), isNew: true };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const other = await findRepeated(ctx.db, originOf(ctx, request));
    if (!other) throw error;
    return { call: other, isNew: false };
  }
}

function originOf(ctx: ActionContext, { origin }: CallRequest) {
  if ('runUid' in origin) return origin;
  if (!isStaff(ctx.actor)) throw forbidden('tool.run');
  return { actorId: ctx.actor.rowId, requestKey: origin.requestKey };
}

interface Prepared { uid: string; status: 'running' | 'pending' | 'failed'; error: string | null; preview: unknown }

/** Reads the input and asks for the preview, before anything is written: both are the plugin's code. */
async function prepare(ctx: ActionContext, { tool, conversation, input, needsApproval, signal }: CallRequest): Promise<Prepared> {
  const uid = newId();
  const { scope } = tool.provider;
  const now = await findConversationById(ctx.db, conversation.id);
  if (!now) throw new CallRefused('unknown_conversation');
  const problem = await contactProblem(ctx, { scope, contact_id: conversation.contact_id }, now);
  if (problem) throw new CallRefused(problem);
  const call = bindCall(ctx, scope, now, uid, signal);
  const failed = (error: string): Prepared => ({ uid, status: 'failed', error, preview: null });
  try {
    const checked = await checkInput(tool, input, call);
    if ('issues' in checked) return failed(issuesText(checked.issues));
    if (!needsApproval) return { uid, status: 'running', error: null, preview: null };
    return { uid, status: 'pending', error: null, preview: await previewCall(ctx, tool, checked.data, call) };
  } catch (error) {
    if (signal.aborted) throw new CallRefused('turn_lost');
    ctx.log.warn({ err: error, tool: tool.id }, 'a call could not be prepared');
    return failed(callErrors.previewFailed);
  }
}

async function begin(tx: ActionContext, request: CallRequest, { uid, status, error, preview }: Prepared, contactId: number): Promise<ToolCallRow> {
  const { tool, conversation, origin, needsApproval } = request;
  if (!isStaff(tx.actor)) throw forbidden('tool.run');
  if (request.isStillMine && !await request.isStillMine(tx)) throw new CallRefused('turn_lost');
  await refuseTooMany(tx, request);
  const now = await findConversationById(tx.db, conversation.id);
  const problem = now ? await contactProblem(tx, { scope: tool.provider.scope, contact_id: contactId }, now) : 'unknown_conversation';
  if (problem) throw new CallRefused(problem);
  const row = await insertCall(tx.db, {
    uid, tool_id: tool.id, model_name: modelNameOf(tool), effect: tool.provider.effect, scope: tool.provider.scope,
    conversation_id: conversation.id, contact_id: contactId,
    actor_type: tx.actor.type === 'assistant' ? 'assistant' : 'operator', actor_id: tx.actor.rowId, actor_uid: tx.actor.id, actor_name: tx.actor.name,
    run_uid: 'runUid' in origin ? origin.runUid : null, ordinal: 'runUid' in origin ? origin.ordinal : null, run_ended_at: null,
    request_key: 'requestKey' in origin ? origin.requestKey : null,
    needs_approval: needsApproval ? 1 : 0, status, input: inputText(request.input),
    texts: JSON.stringify(textsFor(tool, preview)), preview: preview === null ? null : JSON.stringify(preview), result: null, error,
    claim_token: status === 'running' ? newId() : null, lease_until: status === 'running' ? await leaseEnd(tx) : null, started_at: status === 'running' ? tx.now : null,
    decided_by: null, decided_by_uid: null, decided_by_name: null, decided_at: null, reason: null, told_at: null,
    expires_at: tx.now + toolLimits.approvalMs, created_at: tx.now, updated_at: tx.now,
  });
  if (status === 'pending') await tellWaiting(tx, row);
  else if (status === 'failed') await tellEnded(tx, row);
  else await broadcastCall(tx, row);
  return row;
}

/** By the database's clock, with which the sweep compares it. */
export async function leaseEnd(tx: ActionContext): Promise<number> {
  const [row] = await selectRows<{ now: number }>(tx.db, `SELECT ${nowSql(tx.kernel.db)} AS now`);
  return Number(row?.now ?? tx.now) + toolLimits.leaseMs;
}

/** As it was asked for; what is too large was refused and is not kept. */
function inputText(input: unknown): string {
  const text = JSON.stringify(input ?? null);
  return Buffer.byteLength(text) <= toolLimits.inputBytes ? text : JSON.stringify({ isTruncated: true });
}

async function refuseTooMany(tx: ActionContext, { conversation: { id: conversationId }, origin, needsApproval }: CallRequest): Promise<void> {
  const count = async (sql: string, ...bindings: (string | number)[]) => Number((await selectRows<{ calls: number }>(tx.db, `SELECT COUNT(*) AS calls FROM tool_calls WHERE ${sql}`, bindings))[0]?.calls ?? 0);
  if ('runUid' in origin) {
    if (await count('run_uid = ? AND run_ended_at IS NOT NULL', origin.runUid) > 0) throw new CallRefused('turn_lost');
    if (await count('run_uid = ?', origin.runUid) >= toolLimits.callsPerTurn) throw new CallRefused('too_many_calls');
  }
  if (await count('conversation_id = ? AND created_at > ?', conversationId, tx.now - 3_600_000) >= toolLimits.callsPerHour) throw new CallRefused('rate_limited');
  if (needsApproval && await count("conversation_id = ? AND status = 'pending'", conversationId) >= toolLimits.pendingPerConversation) throw new CallRefused('too_many_pending');
}
