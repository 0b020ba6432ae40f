import type { BroadcastHandler } from '../../kernel/realtime/realtime.ts';
import { findConversationById, viewersOf } from '../conversations/index.ts';
import { callChanged, type CallChangedPayload } from './tell-call.ts';

/** Who may see the conversation hears that a call changed; who may decide, that the queue did. What it is about each of them asks for themself. */
const changed: BroadcastHandler = async ({ payload }, ctx) => {
  const { conversationId, callId, status } = payload as unknown as CallChangedPayload;
  const { realtime, policies } = ctx.kernel;
  if (realtime.onlineOperators().length === 0) return;
  const conversation = await findConversationById(ctx.db, conversationId);
  if (!conversation) return;
  const maySee = await viewersOf(ctx.kernel, conversation);
  realtime.toOperators('tool-call:changed', { call: { id: callId, conversationId: conversation.uid, status } }, maySee);
  realtime.toOperators('approvals:changed', undefined, (socket) => maySee(socket) && policies.can(socket.actor, 'tool-call.decide'));
};

export const toolBroadcasts: Readonly<Record<string, BroadcastHandler>> = { [callChanged]: changed };
