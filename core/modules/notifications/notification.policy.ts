import type { PolicyTable } from '../../kernel/policy/policy.ts';

export const notificationPolicies: PolicyTable = {
  /** One's own preferences and browsers are for the person alone, never for a token. */
  'notification.manage-own': (actor) => actor.type === 'operator' && actor.sessionId !== null,
};
