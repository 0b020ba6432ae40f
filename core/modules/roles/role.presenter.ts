import type { RoleDto } from '../../shared/people.ts';
import { permissionsOf } from './role.model.ts';
import type { RoleRow } from './role.queries.ts';

export function presentRole(role: RoleRow): RoleDto {
  return {
    id: role.uid,
    key: role.key,
    name: role.name,
    permissions: permissionsOf(role),
    scope: role.scope,
    isSystem: role.is_system === 1,
    operatorCount: Number(role.operator_count),
  };
}
