import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyRule, PolicyTable } from '../../kernel/policy/policy.ts';
import { covers, type Grant } from './grant.ts';

const manage: PolicyRule<Grant | undefined> = (actor, grant) => holds(actor, 'people.manage') && (grant === undefined || covers(actor, grant));

export const rolePolicies: PolicyTable = {
  'role.list': (actor) => holds(actor, 'people.manage'),
  'role.create': manage,
  'role.update': manage,
  'role.remove': manage,
};
