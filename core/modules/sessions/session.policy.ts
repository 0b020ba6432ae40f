import { isStaff } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const sessionPolicies: PolicyTable = {
  /** Who am I, and what may I do: a token may ask as well. */
  'session.view': (actor) => isStaff(actor),
  /** One's own password, devices and preferences are for the person alone, never for a token. */
  'session.change': (actor) => actor.type === 'operator' && actor.sessionId !== null,
};
