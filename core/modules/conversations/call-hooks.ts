import type { GuardHooks, GuardName, IncomingMessage } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { checkDraft, type Draft } from '../messages/index.ts';
import { callActorOf, refOf } from './conversation-ref.ts';
import type { LoadedConversation } from './conversation.model.ts';

/** Asks the guards; a refusal carries the plugin's own text. */
export async function askGuard<N extends GuardName>(ctx: ActionContext, name: N, input: GuardHooks[N]['input'], code: string): Promise<void> {
  const answer = await ctx.kernel.hooks.guard(name, input, callActorOf(ctx.actor), ctx.locale);
  if (!answer.allowed) throw new AppError(403, code, { ...(answer.reason ? { reason: answer.reason } : {}), ...(answer.pluginId ? { pluginId: answer.pluginId } : {}) });
}

export interface IncomingPlace { conversation: LoadedConversation | null; contactUid: string; brandUid: string; departmentUid: string | null; channel: string }

/** Guard and filter of a message from a contact. A filter may change the text, drop files and, for a first message, choose the department. */
export async function passIncoming(ctx: ActionContext, place: IncomingPlace, draft: Draft): Promise<{ draft: Draft; departmentUid: string | null }> {
  const value: IncomingMessage = {
    text: draft.text, kind: 'reply', attachmentIds: [...draft.attachmentIds],
    brandId: place.brandUid, departmentId: place.departmentUid, channel: place.channel,
  };
  await askGuard(ctx, 'message.accept', { ...value, contactId: place.contactUid }, 'message_refused');
  const passed = await ctx.kernel.hooks.filter('message.incoming', value, { conversationId: place.conversation?.uid ?? null, contactId: place.contactUid }, callActorOf(ctx.actor));
  return passed === value ? { draft, departmentUid: place.departmentUid } : { draft: merged(draft, passed), departmentUid: passed.departmentId };
}

/** Filter of a reply on its way out. */
export async function passReply(ctx: ActionContext, conversation: LoadedConversation, draft: Draft): Promise<Draft> {
  const value = { text: draft.text, kind: draft.kind, attachmentIds: [...draft.attachmentIds], conversationId: conversation.uid };
  const passed = await ctx.kernel.hooks.filter('reply.outgoing', value, { conversation: refOf(conversation) }, callActorOf(ctx.actor));
  return passed === value ? draft : merged(draft, passed);
}

/** What a filter may change: the text, and fewer files. Never the kind: a note stays a note. */
function merged(draft: Draft, passed: { text: string; attachmentIds: readonly string[] }): Draft {
  return checkDraft({ ...draft, text: passed.text, attachmentIds: draft.attachmentIds.filter((id) => passed.attachmentIds.includes(id)) });
}
