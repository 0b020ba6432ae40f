import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';
import { reachesBrand } from '../contacts/index.ts';
import { coversPermissions } from '../roles/index.ts';

/** What somebody asks for: permissions of their own, or a server key for a brand (`null`: for all of them). */
export type WantedToken = { kind: 'personal'; scopes: readonly string[] } | { kind: 'server'; brandId: number | null };

export const tokenPolicies: PolicyTable = {
  'token.list': (actor) => holds(actor, 'tokens.manage'),
  /** A person may give a token all they may do; a token can only hand on what it was given itself. A server key reaches no brand that its maker does not. */
  'token.create': (actor, wanted?: WantedToken) => {
    if (!holds(actor, 'tokens.manage')) return false;
    if (wanted === undefined) return true;
    if (wanted.kind === 'server') return wanted.brandId === null ? actor.brandIds === 'all' : reachesBrand(actor, wanted.brandId);
    return (wanted.scopes.includes('*') && actor.type === 'operator') || coversPermissions(actor.permissions, wanted.scopes);
  },
  'token.revoke': (actor) => holds(actor, 'tokens.manage'),
};
