import { PluginError } from '@plugboard/sdk';
import type { PluginContext, SdkCaller } from '@plugboard/sdk';
import { sdkChatAnswer, sdkChatBody } from './sdk-chat.schema.ts';
import type { SdkChats } from './sdk-chat.ts';

const claim = '/api/sdk/chat';
const access = { sdk: 'chat' } as const;

function callerOf(sdk: SdkCaller | null): SdkCaller {
  if (!sdk) throw new PluginError('unauthenticated', 401);
  return sdk;
}

/** People answer in their own time: there is nothing to say yet. */
async function* silence(): AsyncIterable<string> {}

/** `/api/sdk/chat`: one message for a person, answered as JSON or as a stream of text. */
export async function addSdkChatRoutes(ctx: PluginContext, chats: SdkChats): Promise<void> {
  await ctx.routes.add({
    method: 'post', claim, path: '', summary: 'Send a chat message for a person', access, perMinute: 60, cors: true, body: sdkChatBody, response: sdkChatAnswer,
    async handle({ sdk, body, ip, locale }) {
      const taken = await chats.take(callerOf(sdk), body, { ip, locale });
      return { body: { session_id: taken.sessionId, conversation_id: taken.conversationId, handled_by: 'human' } };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/stream', summary: 'Send a chat message for a person and read the answer as it is made', access, perMinute: 60, cors: true, body: sdkChatBody,
    async handle({ sdk, body, ip, locale }) {
      const taken = await chats.take(callerOf(sdk), body, { ip, locale });
      return { stream: silence(), headers: { 'X-Session-Id': taken.sessionId, 'X-Conversation-Id': taken.conversationId, 'X-Handled-By': 'human' } };
    },
  });
}
