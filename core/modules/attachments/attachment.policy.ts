import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const attachmentPolicies: PolicyTable = {
  'file.upload': (actor) => holds(actor, 'conversations.reply') || holds(actor, 'conversations.note'),
};
