import { permissionsOf, type Grant, type Role } from '../roles/index.ts';
import { brandIdsOf, type BrandIds } from './operator.model.ts';
import type { OperatorRow } from './operator.queries.ts';

/** All that somebody may do, as policies weigh it. */
export const grantOf = (operator: OperatorRow): Grant => ({
  permissions: permissionsOf({ permissions: operator.role_permissions }),
  scope: operator.role_scope,
  brandIds: brandIdsOf(operator),
});

export const grantFor = (role: Role, brandIds: BrandIds): Grant => ({ permissions: permissionsOf(role), scope: role.scope, brandIds });
