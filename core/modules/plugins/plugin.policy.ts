import { holds, isStaff } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const pluginPolicies: PolicyTable = {
  'plugin.manage': (actor) => holds(actor, 'plugins.manage'),
  /** Which browser modules to load: part of the admin app itself. */
  'plugin.use-admin': (actor) => isStaff(actor),
  'panel.view': (actor) => holds(actor, 'conversations.view'),
};
