import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { roleBody, rolePatch } from '../../shared/people.ts';
import { idParams } from '../../shared/primitives.ts';
import { createRole } from './create-role.ts';
import { listPermissions, type ListAbilities } from './list-permissions.ts';
import { removeRole } from './remove-role.ts';
import { presentRole } from './role.presenter.ts';
import { selectRoles } from './role.queries.ts';
import { updateRole } from './update-role.ts';

const tag = 'roles';

export const roleRoutes = (listAbilities: ListAbilities): Route[] => [
  defineRoute({
    method: 'get', path: '/api/v1/roles', summary: 'Roles', tag,
    access: { policy: 'role.list' },
    async handle({ ctx }) {
      return { body: { data: (await selectRoles(ctx.db)).map(presentRole), nextCursor: null } };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/v1/roles', summary: 'Make a role', tag,
    access: { policy: 'role.create' },
    body: roleBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createRole(ctx, body) }),
  }),
  defineRoute({
    method: 'patch', path: '/api/v1/roles/:id', summary: 'Change a role', tag,
    access: { policy: 'role.update' },
    params: idParams,
    body: rolePatch,
    handle: async ({ ctx, params, body }) => ({ body: await updateRole(ctx, { ...body, ...params }) }),
  }),
  defineRoute({
    method: 'delete', path: '/api/v1/roles/:id', summary: 'Remove a role', tag,
    access: { policy: 'role.remove' },
    params: idParams,
    async handle({ ctx, params }) {
      await removeRole(ctx, params);
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'get', path: '/api/v1/permissions', summary: 'What a role can allow', tag,
    access: { policy: 'role.list' },
    handle: async ({ ctx }) => ({ body: { data: await listPermissions(ctx, listAbilities), nextCursor: null } }),
  }),
];
