import type { Kernel } from '../../kernel/context.ts';
import { isStaff, type Actor } from '../../kernel/policy/actor.ts';
import { callActorOf, refOf } from './conversation-ref.ts';
import type { LoadedConversation } from './conversation.model.ts';

/** Plugins may hide a conversation from people of the desk that the policy would show it to. */
export async function guardsLetSee(kernel: Kernel, actor: Actor, conversation: LoadedConversation): Promise<boolean> {
  if (!isStaff(actor)) return true;
  const answer = await kernel.hooks.guard('conversation.view', { conversation: refOf(conversation), operatorId: actor.id }, callActorOf(actor));
  return answer.allowed;
}

/** Operators online at this moment from whom a plugin hides the conversation. */
export async function hiddenFrom(kernel: Kernel, conversation: LoadedConversation): Promise<ReadonlySet<string>> {
  const online = new Map(kernel.realtime.onlineOperators().map((actor) => [actor.id, actor]));
  const answers = await Promise.all([...online].map(async ([id, actor]) => ({ id, maySee: await guardsLetSee(kernel, actor, conversation) })));
  return new Set(answers.filter(({ maySee }) => !maySee).map(({ id }) => id));
}
