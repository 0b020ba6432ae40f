import type { ActionContext } from '../../kernel/context.ts';
import { AppError, conflict, forbidden, notFound, rateLimited } from '../../kernel/errors.ts';
import type { RunToolBody } from '../../shared/tools.ts';
import { accessOf, readConversation } from '../conversations/index.ts';
import { findKnownTool } from './known-tools.ts';
import { CallRefused, openCall } from './open-call.ts';
import { runCall } from './run-call.ts';
import { findCall, readCall } from './tool-call.queries.ts';
import type { ListedCall } from './tool-call.model.ts';
import { findToolSettings, roleUidOf, ruleFor } from './tool-rules.ts';

/** An operator uses a tool in a conversation: at once or after somebody approved, as the rule of their role says. */
export async function runTool(ctx: ActionContext, conversationUid: string, body: RunToolBody): Promise<{ call: ListedCall; isNew: boolean }> {
  const conversation = await readConversation(ctx, conversationUid);
  ctx.authorize('tool.run');
  if (!ctx.can('conversation.reply', accessOf(conversation))) throw forbidden('conversation.reply');
  const tool = findKnownTool(ctx.kernel, body.tool);
  const settings = tool && await findToolSettings(ctx.db, tool.id);
  if (!tool || !settings?.isEnabled) throw notFound('tool');
  const rule = ruleFor(tool, settings, 'roles', await roleUidOf(ctx.db, ctx.actor));
  if (rule === 'never') throw new AppError(403, 'tool_forbidden');
  const { signal } = new AbortController();
  try {
    const { call, isNew } = await openCall(ctx, { tool, conversation, input: body.input, needsApproval: rule === 'ask', origin: { requestKey: body.idempotencyKey }, signal });
    if (!isNew && (call.tool_id !== tool.id || call.conversation_id !== conversation.id || call.input !== JSON.stringify(body.input))) throw new AppError(422, 'idempotency_conflict');
    if (isNew && call.status === 'failed' && call.error?.startsWith('invalid_input')) throw new AppError(400, 'tool_input', { reason: call.error });
    if (isNew && call.status === 'running') await runCall(ctx, tool, call, signal);
    return { call: await findCall(ctx.db, call.uid) ?? await readCall(ctx, call.uid), isNew };
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    throw error.reason === 'rate_limited' || error.reason === 'too_many_pending' ? rateLimited(600) : conflict('tool_refused', { reason: error.reason });
  }
}
