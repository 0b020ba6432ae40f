import { holds, isStaff, type Actor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

interface OfBrand { brand_id: number }

/** Whether the actor's work reaches the brand; without one, whether it reaches any. */
const reaches = (actor: Actor, object?: OfBrand): boolean => isStaff(actor) && (object === undefined || actor.brandIds === 'all' || actor.brandIds.has(object.brand_id));

export const knowledgePolicies: PolicyTable = {
  'article.view': (actor, object?: OfBrand) => holds(actor, 'knowledge.view') && reaches(actor, object),
  'article.edit': (actor, object?: OfBrand) => holds(actor, 'knowledge.edit') && reaches(actor, object),
  // A plugin that may write adds drafts; people publish them.
  'article.draft': (actor, object?: OfBrand) => (actor.type === 'plugin' ? actor.permissions.has('knowledge:write') : holds(actor, 'knowledge.edit') && reaches(actor, object)),
};
