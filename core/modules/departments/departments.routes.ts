import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { departmentBody, departmentPatch } from '../../shared/people.ts';
import { idParams, idSchema } from '../../shared/primitives.ts';
import { createDepartment } from './create-department.ts';
import { presentDepartmentForStaff } from './department.presenter.ts';
import { readDepartment, selectDepartments } from './department.queries.ts';
import { removeDepartment } from './remove-department.ts';
import { updateDepartment } from './update-department.ts';

const tag = 'departments';

export const departmentRoutes = [
  defineRoute({
    method: 'get', path: '/api/v1/departments', summary: 'Departments of the caller\'s brands', tag,
    access: { policy: 'department.view' },
    async handle({ ctx }) {
      const rows = await selectDepartments(ctx.db);
      return { body: { data: rows.filter((row) => ctx.can('department.view', row)).map(presentDepartmentForStaff), nextCursor: null } };
    },
  }),
  defineRoute({
    method: 'get', path: '/api/v1/departments/:id', summary: 'One department', tag,
    access: { policy: 'department.view' },
    params: idParams,
    async handle({ ctx, params }) {
      const row = await readDepartment(ctx.db, params.id);
      if (!ctx.can('department.view', row)) throw notFound('department');
      return { body: presentDepartmentForStaff(row) };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/v1/departments', summary: 'Make a department', tag,
    access: { policy: 'department.create' },
    body: departmentBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createDepartment(ctx, body) }),
  }),
  defineRoute({
    method: 'patch', path: '/api/v1/departments/:id', summary: 'Change a department', tag,
    access: { policy: 'department.update' },
    params: idParams,
    body: departmentPatch,
    handle: async ({ ctx, params, body }) => ({ body: await updateDepartment(ctx, { ...body, ...params }) }),
  }),
  defineRoute({
    method: 'delete', path: '/api/v1/departments/:id', summary: 'Remove a department, its conversations moved elsewhere', tag,
    access: { policy: 'department.remove' },
    params: idParams,
    query: z.strictObject({ moveTo: idSchema.optional() }),
    async handle({ ctx, params, query }) {
      await removeDepartment(ctx, { ...params, ...query });
      return { status: 204 };
    },
  }),
];
