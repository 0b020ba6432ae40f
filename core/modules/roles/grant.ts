import { isStaff, type Actor } from '../../kernel/policy/actor.ts';
import { permissions as corePermissions, scopes, type Scope } from '../../shared/people.ts';

/** How much somebody is given: what a role allows, how far it reaches, and the brands it holds for. */
export interface Grant { permissions: readonly string[]; scope: Scope; brandIds?: 'all' | readonly number[] }

const core: ReadonlySet<string> = new Set(corePermissions);
const groupOf = (permission: string): string => permission.split('.', 1)[0] ?? '';
const coreGroups: ReadonlySet<string> = new Set(corePermissions.map(groupOf));
const abilityPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** A permission of the core, or an ability in the manner of plugins, `<plugin>.<ability>`. */
export function isPermission(permission: string): boolean {
  return core.has(permission) || (abilityPattern.test(permission) && !coreGroups.has(groupOf(permission)));
}

/**
 * Nobody gives away, or takes from others, more than they have: only then does the right to manage people not
 * contain all the others. Whoever switches plugins on may also hand out what plugins bring.
 */
export function covers(actor: Actor, grant: Grant): boolean {
  if (!isStaff(actor)) return false;
  return coversPermissions(actor.permissions, grant.permissions)
    && scopes.indexOf(grant.scope) <= scopes.indexOf(actor.scope)
    && coversBrands(actor.brandIds, grant.brandIds ?? []);
}

export function coversPermissions(own: ReadonlySet<string>, wanted: readonly string[]): boolean {
  if (own.has('*')) return true;
  return wanted.every((permission) => own.has(permission) || (permission !== '*' && !core.has(permission) && own.has('plugins.manage')));
}

function coversBrands(own: 'all' | ReadonlySet<number>, wanted: 'all' | readonly number[]): boolean {
  if (own === 'all') return true;
  return wanted !== 'all' && wanted.every((id) => own.has(id));
}

/** All that a list of permissions stands for, with `*` spelled out for those who ask for one by name. */
export function expandPermissions(permissions: readonly string[]): ReadonlySet<string> {
  return new Set(permissions.includes('*') ? ['*', ...corePermissions, ...permissions] : permissions);
}
