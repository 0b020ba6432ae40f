import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

/** The log holds codes and links that were mailed to people: for those who hold the whole desk anyway. */
export const mailLogPolicies: PolicyTable = {
  'mail.view': (actor) => holds(actor, 'settings.manage') && actor.brandIds === 'all',
  'mail.retry': (actor) => holds(actor, 'settings.manage') && actor.brandIds === 'all',
};
