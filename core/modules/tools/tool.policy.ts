import { holds, type Actor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

/** Which conversation it is about is asked of `conversation.view` besides. */
export const toolPolicies: PolicyTable = {
  'tool.list': (actor) => holds(actor, 'conversations.view'),
  'tool.manage': (actor) => holds(actor, 'assistants.manage'),
  'tool.run': (actor) => holds(actor, 'conversations.view') && holds(actor, 'conversations.reply'),
  'tool-call.view': (actor) => holds(actor, 'conversations.view'),
  'tool-call.decide': (actor) => mayDecide(actor),
};

/** A person decides; no assistant does, whatever its role was given. */
export const mayDecide = (actor: Actor): boolean => actor.type !== 'assistant' && holds(actor, 'conversations.view') && holds(actor, 'tools.approve');
