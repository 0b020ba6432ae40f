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
  /** What is learned from conversations is found by others: it takes somebody who may read them all. */
  'knowledge-source.learn': (actor) => holds(actor, 'knowledge.edit') && holds(actor, 'conversations.view') && actor.scope === 'all',
  'knowledge.try': (actor) => holds(actor, 'knowledge.view'),
};
