import { holds, type Actor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

/** What the policy needs to know of a source: the row id of its brand, null for every brand. */
export interface SourceAccess { brand_id: number | null }

/** A source of every brand is for people of every brand. */
const reaches = (actor: Actor, permission: string, source?: SourceAccess): boolean =>
  holds(actor, permission) && (source === undefined || actor.brandIds === 'all' || (source.brand_id !== null && actor.brandIds.has(source.brand_id)));

export const sourcePolicies: PolicyTable = {
  'knowledge-source.view': (actor, source?: SourceAccess) => reaches(actor, 'knowledge.view', source),
  'knowledge-source.edit': (actor, source?: SourceAccess) => reaches(actor, 'knowledge.edit', source),
  'knowledge.try': (actor) => holds(actor, 'knowledge.view'),
};
