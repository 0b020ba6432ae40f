import { holds, type Actor, type OperatorActor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';

export interface ContactAccess { id: number; brand_id: number }

export const reachesBrand = (actor: OperatorActor, brandId: number): boolean => actor.brandIds === 'all' || actor.brandIds.has(brandId);

const mayAsStaff = (actor: Actor, permission: string, contact: ContactAccess | undefined): boolean =>
  holds(actor, permission) && (contact === undefined || reachesBrand(actor, contact.brand_id));

const isOneself = (actor: Actor, contact: ContactAccess | undefined): boolean => actor.type === 'contact' && contact?.id === actor.rowId;

export const contactPolicies: PolicyTable = {
  'contact.view': (actor, contact: ContactAccess | undefined) => isOneself(actor, contact) || mayAsStaff(actor, 'contacts.view', contact),
  'contact.edit': (actor, contact: ContactAccess | undefined) => isOneself(actor, contact) || mayAsStaff(actor, 'contacts.edit', contact),
  'contact.create': (actor) => holds(actor, 'contacts.edit'),
};
