import type { ActionContext } from '../../kernel/context.ts';
import { takeFromAssistant, type LoadedConversation } from '../conversations/index.ts';
import { accountAuthor } from './account-author.ts';

/** The contact asks for a person: the assistant is silent from this moment on, whatever it was writing. */
export async function giveToPeople(ctx: ActionContext, conversation: LoadedConversation): Promise<void> {
  await takeFromAssistant(ctx, conversation.id, await accountAuthor(ctx.db, conversation.assistant_id), { reason: 'asked' });
}
