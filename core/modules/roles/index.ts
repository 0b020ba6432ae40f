import { defineModule, type Module } from '../../kernel/module.ts';
import { actorCache } from './actor-cache.ts';
import { operatorsChanged } from './change-permissions.ts';
import type { ListAbilities } from './list-permissions.ts';
import { rolePolicies } from './role.policy.ts';
import { roleRoutes } from './roles.routes.ts';

export { actorCache } from './actor-cache.ts';
export { changePermissions } from './change-permissions.ts';
export { covers, coversPermissions, expandPermissions, isPermission, type Grant } from './grant.ts';
export type { ListAbilities, PluginAbility } from './list-permissions.ts';
export { ownerKey, permissionsOf, Role } from './role.model.ts';
export { findRoleByKey, lockOwnerRole } from './role.queries.ts';

const operatorIdOf = (payload: unknown): string | null => (payload as { operatorId?: string | null }).operatorId ?? null;

/** `listAbilities` asks the plugin host what its plugins add to the list of permissions. */
export const createRolesModule = (deps: { listAbilities: ListAbilities }): Module => defineModule({
  id: 'roles',
  routes: roleRoutes(deps.listAbilities),
  policies: rolePolicies,
  broadcasts: {
    async [operatorsChanged](entry, { kernel }) {
      const operatorId = operatorIdOf(entry.payload);
      actorCache(kernel).forget(operatorId);
      await kernel.realtime.refreshOperators(operatorId ?? undefined);
    },
  },
  start(kernel) {
    kernel.bus.subscribe(operatorsChanged, (payload) => actorCache(kernel).forget(operatorIdOf(payload)));
  },
});
