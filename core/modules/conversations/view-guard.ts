import type { Kernel } from '../../kernel/context.ts';
import { isStaff, type Actor } from '../../kernel/policy/actor.ts';
import type { OperatorSocket } from '../../kernel/realtime/realtime.ts';
import { callActorOf, refOf } from './conversation-ref.ts';
import { accessOf, type LoadedConversation } from './conversation.model.ts';

/** Plugins may hide a conversation from people of the desk that the policy would show it to. */
export async function guardsLetSee(kernel: Kernel, actor: Actor, conversation: LoadedConversation): Promise<boolean> {
  if (!isStaff(actor)) return true;
  const answer = await kernel.hooks.guard('conversation.view', { conversation: refOf(conversation), operatorId: actor.id }, callActorOf(actor));
  return answer.allowed;
}

/** Policy and guards as they are at this moment, for each socket that something of the conversation goes to. */
export async function viewersOf(kernel: Kernel, conversation: LoadedConversation): Promise<(socket: OperatorSocket) => boolean> {
  const hidden = await hiddenFrom(kernel, conversation);
  const access = accessOf(conversation);
  return ({ actor }) => !hidden.has(actor.id) && kernel.policies.can(actor, 'conversation.view', access);
}

/** Operators online at this moment from whom a plugin hides the conversation. */
async function hiddenFrom(kernel: Kernel, conversation: LoadedConversation): Promise<ReadonlySet<string>> {
  const online = new Map(kernel.realtime.onlineOperators().map((actor) => [actor.id, actor]));
  const answers = await Promise.all([...online].map(async ([id, actor]) => ({ id, maySee: await guardsLetSee(kernel, actor, conversation) })));
  return new Set(answers.filter(({ maySee }) => !maySee).map(({ id }) => id));
}
