import { holds, isStaff } from '../../kernel/policy/actor.ts';
import type { PolicyRule, PolicyTable } from '../../kernel/policy/policy.ts';
import { covers, type Grant } from '../roles/index.ts';

const manage: PolicyRule<Grant | undefined> = (actor, grant) => holds(actor, 'people.manage') && (grant === undefined || covers(actor, grant));

/** The object is what the operator is given, or has: see `grantOf`. */
export const operatorPolicies: PolicyTable = {
  'operator.list': (actor) => isStaff(actor),
  'operator.create': manage,
  'operator.update': manage,
  'operator.remove': manage,
};
