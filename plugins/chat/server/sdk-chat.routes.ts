import { PluginError } from '@plugboard/sdk';
import type { PluginContext, SdkCaller, z } from '@plugboard/sdk';
import { sdkChatAnswer, sdkChatBody } from './sdk-chat.schema.ts';
import type { SdkChats, Taken } from './sdk-chat.ts';

const claim = '/api/sdk/chat';
const access = { sdk: 'chat' } as const;

function callerOf(sdk: SdkCaller | null): SdkCaller {
  if (!sdk) throw new PluginError('unauthenticated', 401);
  return sdk;
}

/** What the assistant says as it is written. People answer in their own time: there is nothing to say yet. */
async function* answerText(ctx: PluginContext, taken: Taken): AsyncIterable<string> {
  if (!taken.isAnswered) return;
  let written = '';
  for await (const piece of await ctx.conversations.answer({ contactId: taken.contactId, conversationId: taken.conversationId, afterSeq: taken.seq })) {
    if ('text' in piece) {
      written += piece.text;
      yield piece.text;
    } else {
      const said = piece.done.message?.body.text ?? '';
      // What was said counts; the pieces were a preview of it.
      if (said.startsWith(written)) yield said.slice(written.length);
      else if (said !== '') yield `\n\n${said}`;
    }
  }
}

/** A route answers within 30 s; what takes longer is read in the conversation. */
const waitMs = 25_000;

async function answerOf(ctx: PluginContext, taken: Taken): Promise<z.output<typeof sdkChatAnswer>> {
  const { sessionId, conversationId } = taken;
  const by = (handledBy: 'assistant' | 'human') => ({ session_id: sessionId, conversation_id: conversationId, handled_by: handledBy });
  if (!taken.isAnswered) return by('human');
  for await (const piece of await ctx.conversations.answer({ contactId: taken.contactId, conversationId, afterSeq: taken.seq, timeoutMs: waitMs })) {
    if (!('done' in piece)) continue;
    const { handledBy, message } = piece.done;
    return { ...by(handledBy), ...(message ? { message: { text: message.body.text, sources: message.sources ?? [] } } : {}) };
  }
  return by('human');
}

/** `/api/sdk/chat`: one message for a person, answered as JSON or as a stream of text. */
export async function addSdkChatRoutes(ctx: PluginContext, chats: SdkChats): Promise<void> {
  await ctx.routes.add({
    method: 'post', claim, path: '', summary: 'Send a chat message for a person', access, perMinute: 60, cors: true, body: sdkChatBody, response: sdkChatAnswer,
    async handle({ sdk, body, ip, locale }) {
      const taken = await chats.take(callerOf(sdk), body, { ip, locale });
      return { body: await answerOf(ctx, taken) };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/stream', summary: 'Send a chat message for a person and read the answer as it is made', access, perMinute: 60, cors: true, body: sdkChatBody,
    async handle({ sdk, body, ip, locale }) {
      const taken = await chats.take(callerOf(sdk), body, { ip, locale });
      return { stream: answerText(ctx, taken), headers: { 'X-Session-Id': taken.sessionId, 'X-Conversation-Id': taken.conversationId, 'X-Handled-By': taken.isAnswered ? 'assistant' : 'human' } };
    },
  });
}
