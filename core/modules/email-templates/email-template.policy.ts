import { holds } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';
import { everyBrand } from './template-text.model.ts';

/** A brand's own texts are for those who manage that brand; what every brand uses for those who manage the whole desk. */
export const emailTemplatePolicies: PolicyTable = {
  'email-template.view': (actor) => holds(actor, 'settings.manage'),
  'email-template.make': (actor) => holds(actor, 'settings.manage') && actor.brandIds === 'all',
  'email-template.write': (actor, brandId?: number) =>
    holds(actor, 'settings.manage') && (brandId === undefined || actor.brandIds === 'all' || (brandId !== everyBrand && actor.brandIds.has(brandId))),
};
