import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import { audit } from '../audit/index.ts';
import { findBrand } from '../brands/index.ts';
import { findConversationById, recordEvent, refOf, type LoadedConversation } from '../conversations/index.ts';
import type { CallTexts, ToolCallRow } from './tool-call.model.ts';

export const callChanged = 'tool-call.changed';
export interface CallChangedPayload { conversationId: number; callId: string; status: ToolCallRow['status'] }

/** Open screens hear that a call changed. */
export const broadcastCall = (tx: ActionContext, call: Pick<ToolCallRow, 'conversation_id' | 'uid' | 'status'>): Promise<void> =>
  tx.broadcast(callChanged, { conversationId: call.conversation_id, callId: call.uid, status: call.status } satisfies CallChangedPayload);

/** The conversation of a call, and the tool's name as its brand speaks: an event in a thread keeps names as they were. */
async function placeOf(tx: ActionContext, call: ToolCallRow): Promise<{ conversation: LoadedConversation; params: { tool: string; by: string } }> {
  const conversation = await findConversationById(tx.db, call.conversation_id);
  if (!conversation) throw notFound('conversation');
  const brand = await findBrand(tx.db, conversation.brand_uid);
  const { label, texts } = JSON.parse(call.texts) as CallTexts;
  return { conversation, params: { tool: pluginText(texts, label, brand?.locale ?? 'en'), by: call.actor_name } };
}

/** A person decided: a line in the audit log, and in the thread where nothing else will tell of it. */
export async function tellDecided(tx: ActionContext, call: ToolCallRow, isApproved: boolean): Promise<void> {
  const { conversation, params } = await placeOf(tx, call);
  await audit(tx, isApproved ? 'tool.approved' : 'tool.rejected', { type: 'tool-call', id: call.uid }, { tool: call.tool_id, conversation: conversation.uid, ...(call.reason ? { reason: call.reason } : {}) });
  if (!isApproved) await recordEvent(tx, call.conversation_id, 'toolRejected', params);
  await broadcastCall(tx, call);
}

/** A call is over, well or not. */
export async function tellEnded(tx: ActionContext, call: ToolCallRow): Promise<void> {
  const { conversation, params } = await placeOf(tx, call);
  const status = call.status === 'done' ? 'done' : 'failed';
  await audit(tx, 'tool.ran', { type: 'tool-call', id: call.uid }, { tool: call.tool_id, status, by: call.actor_uid, conversation: conversation.uid, ...(call.error ? { error: call.error } : {}) });
  await recordEvent(tx, call.conversation_id, status === 'done' ? 'toolDone' : 'toolFailed', params);
  await tx.emit('tool.called', { conversation: refOf(conversation), callId: call.uid, toolId: call.tool_id, effect: call.effect, status, by: { type: call.actor_type, id: call.actor_uid } });
  await broadcastCall(tx, call);
}

/** A call waits for somebody, or nobody decided in time. */
export async function tellWaiting(tx: ActionContext, call: ToolCallRow): Promise<void> {
  const { params } = await placeOf(tx, call);
  await recordEvent(tx, call.conversation_id, call.status === 'expired' ? 'toolExpired' : 'toolAsked', params);
  await broadcastCall(tx, call);
}
