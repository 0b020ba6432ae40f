import { holds, isStaff } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const assistantPolicies: PolicyTable = {
  'assistant.list': (actor) => isStaff(actor),
  'assistant.ask': (actor) => holds(actor, 'assistants.use') && holds(actor, 'conversations.view'),
  'answer.list': (actor) => holds(actor, 'conversations.view'),
  'answer.rate': (actor) => holds(actor, 'conversations.reply'),
  'answer.to-article': (actor) => holds(actor, 'knowledge.edit') && holds(actor, 'conversations.view'),
};
