import { defineRoute } from '../../kernel/http/route.ts';
import { operatorBody, operatorPatch } from '../../shared/people.ts';
import { idParams } from '../../shared/primitives.ts';
import { createOperator } from './create-operator.ts';
import { presentOperator, presentOperators } from './operator.presenter.ts';
import { readOperator, selectOperators } from './operator.queries.ts';
import { removeOperator } from './remove-operator.ts';
import { updateOperator } from './update-operator.ts';

const tag = 'operators';

export const operatorRoutes = [
  defineRoute({
    method: 'get', path: '/api/v1/operators', summary: 'Colleagues', tag,
    access: { policy: 'operator.list' },
    handle: async ({ ctx }) => ({ body: { data: await presentOperators(ctx.db, await selectOperators(ctx.db)), nextCursor: null } }),
  }),
  defineRoute({
    method: 'get', path: '/api/v1/operators/:id', summary: 'One colleague', tag,
    access: { policy: 'operator.list' },
    params: idParams,
    handle: async ({ ctx, params }) => ({ body: await presentOperator(ctx.db, await readOperator(ctx.db, params.id)) }),
  }),
  defineRoute({
    method: 'post', path: '/api/v1/operators', summary: 'Take somebody on', tag,
    access: { policy: 'operator.create' },
    perMinute: 30,
    body: operatorBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createOperator(ctx, body) }),
  }),
  defineRoute({
    method: 'patch', path: '/api/v1/operators/:id', summary: 'Change somebody, or switch them off', tag,
    access: { policy: 'operator.update' },
    perMinute: 60,
    params: idParams,
    body: operatorPatch,
    handle: async ({ ctx, params, body }) => ({ body: await updateOperator(ctx, { ...body, ...params }) }),
  }),
  defineRoute({
    method: 'delete', path: '/api/v1/operators/:id', summary: 'Remove somebody', tag,
    access: { policy: 'operator.remove' },
    params: idParams,
    async handle({ ctx, params }) {
      await removeOperator(ctx, params);
      return { status: 204 };
    },
  }),
];
