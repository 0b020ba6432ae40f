import type { Kernel } from '../../kernel/context.ts';
import { operatorClientSchemas } from '../../shared/realtime.ts';
import { limits } from '../../shared/limits.ts';
import { accessOf, isTooFar, presentSummaries, readConversation, selectListed, staffMessages } from '../conversations/index.ts';
import type { ConversationPresence } from './conversation-presence.ts';
import { announceReplyTyping } from './typing.ts';

/** The events that an operator's socket may send, each under the policy that REST asks. */
export function defineOperatorEvents(kernel: Kernel, presence: ConversationPresence): void {
  const { realtime } = kernel;
  realtime.operatorEvent('conversation:watch', {
    input: operatorClientSchemas['conversation:watch'],
    policy: 'conversation.view',
    async handle({ conversationId }, socket, ctx) {
      await readConversation(ctx, conversationId);
      await presence.watch(conversationId, socket);
      return { operators: presence.operators(conversationId) };
    },
  });
  realtime.operatorEvent('conversation:unwatch', {
    input: operatorClientSchemas['conversation:unwatch'],
    policy: 'conversation.view',
    async handle({ conversationId }, socket) {
      await presence.unwatch(conversationId, socket.id);
      return {};
    },
  });
  realtime.operatorEvent('typing', {
    input: operatorClientSchemas.typing,
    policy: 'conversation.write',
    async handle({ conversationId, isTyping, kind }, socket, ctx) {
      const conversation = await readConversation(ctx, conversationId);
      ctx.authorize(kind === 'reply' ? 'conversation.reply' : 'conversation.note', accessOf(conversation));
      await presence.typing(conversationId, socket, isTyping, kind);
      if (kind === 'reply') {
        await announceReplyTyping(kernel.bus, { conversationId, contactId: conversation.contact_uid, author: { id: socket.actor.id, name: socket.actor.name }, isTyping });
      }
      return {};
    },
  });
  realtime.operatorEvent('sync', {
    input: operatorClientSchemas.sync,
    policy: 'conversation.view',
    async handle({ conversationId, afterSeq }, socket, ctx) {
      const conversation = await readConversation(ctx, conversationId);
      const tooFar = isTooFar(conversation.last_seq, afterSeq);
      const { data } = await staffMessages(ctx, conversation, { ...(tooFar ? {} : { afterSeq }), limit: limits.pageSize });
      const [summary] = await presentSummaries(ctx, await selectListed(ctx.db, [conversation.id], socket.actor.rowId));
      return { messages: data, conversation: summary, tooFar };
    },
  });
  realtime.operatorEvent('ping', {
    input: operatorClientSchemas.ping,
    policy: 'conversation.list',
    handle: async (_input, _socket, ctx) => ({ time: new Date(ctx.now).toISOString() }),
  });
}
