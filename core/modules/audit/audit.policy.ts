import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const auditPolicies: PolicyTable = {
  'audit.view': (actor) => holds(actor, 'audit.view'),
};
