import { notFound } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { brandBody, brandPatch } from '../../shared/people.ts';
import { idParams } from '../../shared/primitives.ts';
import { presentBrand } from './brand.presenter.ts';
import { readBrand, selectBrands } from './brand.queries.ts';
import { createBrand } from './create-brand.ts';
import { removeBrand } from './remove-brand.ts';
import { updateBrand } from './update-brand.ts';

const tag = 'brands';

export const brandRoutes = [
  defineRoute({
    method: 'get', path: '/api/v1/brands', summary: 'Brands that the caller works for', tag,
    access: { policy: 'brand.view' },
    async handle({ ctx }) {
      const brands = await selectBrands(ctx.db);
      return { body: { data: brands.filter((brand) => ctx.can('brand.view', brand)).map(presentBrand), nextCursor: null } };
    },
  }),
  defineRoute({
    method: 'get', path: '/api/v1/brands/:id', summary: 'One brand', tag,
    access: { policy: 'brand.view' },
    params: idParams,
    async handle({ ctx, params }) {
      const brand = await readBrand(ctx.db, params.id);
      if (!ctx.can('brand.view', brand)) throw notFound('brand');
      return { body: presentBrand(brand) };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/v1/brands', summary: 'Make a brand', tag,
    access: { policy: 'brand.create' },
    body: brandBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createBrand(ctx, body) }),
  }),
  defineRoute({
    method: 'patch', path: '/api/v1/brands/:id', summary: 'Change a brand', tag,
    access: { policy: 'brand.update' },
    params: idParams,
    body: brandPatch,
    handle: async ({ ctx, params, body }) => ({ body: await updateBrand(ctx, { ...body, ...params }) }),
  }),
  defineRoute({
    method: 'delete', path: '/api/v1/brands/:id', summary: 'Remove a brand without conversations', tag,
    access: { policy: 'brand.remove' },
    params: idParams,
    async handle({ ctx, params }) {
      await removeBrand(ctx, params);
      return { status: 204 };
    },
  }),
];
