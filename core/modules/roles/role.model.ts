import { Model } from 'objection';
import type { Scope } from '../../shared/people.ts';

/** A set of permissions with a name. `permissions` is a JSON list; presets have a `key` and stay. */
export class Role extends Model {
  static override tableName = 'roles';
  declare id: number;
  declare uid: string;
  declare key: string | null;
  declare name: string;
  declare permissions: string;
  declare scope: Scope;
  declare is_system: number;
}

export const ownerKey = 'owner';
export const permissionsOf = (role: Pick<Role, 'permissions'>): string[] => JSON.parse(role.permissions) as string[];
