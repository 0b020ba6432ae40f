import { defineModule, type Module } from '../../kernel/module.ts';
import type { ListAbilities } from './list-permissions.ts';
import { rolePolicies } from './role.policy.ts';
import { roleRoutes } from './roles.routes.ts';

export { changePermissions, operatorsChanged } from './change-permissions.ts';
export { covers, coversPermissions, expandPermissions, isPermission, type Grant } from './grant.ts';
export type { ListAbilities, PluginAbility } from './list-permissions.ts';
export { ownerKey, permissionsOf, Role } from './role.model.ts';
export { findRoleByKey, lockOwnerRole } from './role.queries.ts';

/** `listAbilities` asks the plugin host what its plugins add to the list of permissions. */
export const createRolesModule = (deps: { listAbilities: ListAbilities }): Module =>
  defineModule({ id: 'roles', routes: roleRoutes(deps.listAbilities), policies: rolePolicies });
