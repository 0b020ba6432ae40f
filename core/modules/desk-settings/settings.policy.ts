import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const settingsPolicies: PolicyTable = {
  'settings.view': (actor) => holds(actor, 'settings.manage'),
  'settings.change': (actor) => holds(actor, 'settings.manage'),
};
