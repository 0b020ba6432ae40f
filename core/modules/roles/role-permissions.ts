import { invalid } from '../../kernel/errors.ts';
import { isPermission } from './grant.ts';

/** The list as it is stored. `*` is the owners' alone, so that an owner is always known by the role. */
export function checkPermissions(wanted: readonly string[]): string[] {
  const unknown = wanted.findIndex((permission) => !isPermission(permission));
  if (unknown !== -1) throw invalid(`permissions.${unknown}`, 'unknown_permission');
  return [...new Set(wanted)].sort();
}
