import { holds, isStaff, type Actor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';
import type { Brand } from './brand.model.ts';

/** Whether the actor's work reaches this brand; without a brand, whether it reaches any. */
function reaches(actor: Actor, brand?: Pick<Brand, 'id'>): boolean {
  return isStaff(actor) && (brand === undefined || actor.brandIds === 'all' || actor.brandIds.has(brand.id));
}

export const brandPolicies: PolicyTable = {
  'brand.view': (actor, brand?: Brand) => reaches(actor, brand),
  'brand.create': (actor) => holds(actor, 'settings.manage') && actor.brandIds === 'all',
  'brand.update': (actor, brand?: Brand) => holds(actor, 'settings.manage') && reaches(actor, brand),
  'brand.remove': (actor, brand?: Brand) => holds(actor, 'settings.manage') && reaches(actor, brand),
};
