import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';
import { coversPermissions } from '../roles/index.ts';

export const tokenPolicies: PolicyTable = {
  'token.list': (actor) => holds(actor, 'tokens.manage'),
  /** A person may give a token all they may do; a token can only hand on what it was given itself. */
  'token.create': (actor, wanted?: { scopes: readonly string[] }) => holds(actor, 'tokens.manage')
    && (wanted === undefined || (wanted.scopes.includes('*') && actor.type === 'operator') || coversPermissions(actor.permissions, wanted.scopes)),
  'token.revoke': (actor) => holds(actor, 'tokens.manage'),
};
