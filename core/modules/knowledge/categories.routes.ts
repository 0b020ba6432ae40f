import { z } from 'zod';
import { defineRoute } from '../../kernel/http/route.ts';
import { categoryBody, categoryListQuery, categoryPatch } from '../../shared/knowledge.ts';
import { idParams, idSchema } from '../../shared/primitives.ts';
import { answerCategory, listCategories } from './category.queries.ts';
import { createCategory } from './create-category.ts';
import { removeCategory } from './remove-category.ts';
import { updateCategory } from './update-category.ts';

const tag = 'knowledge';
const path = '/api/v1/article-categories';
const example = { parentId: null, audience: 'public', icon: 'truck', texts: { en: { name: 'Shipping', description: 'Where your parcel is' }, de: { name: 'Versand', description: 'Wo Ihr Paket ist' } } };

export const categoryRoutes = [
  defineRoute({
    method: 'get', path, tag, summary: 'Categories of articles', access: { policy: 'article.view' },
    description: 'Those of one brand, or of all the caller works for. Each category is followed by what lies in it, in the order of the help centre.',
    query: categoryListQuery,
    handle: async ({ ctx, query }) => ({ body: { data: await listCategories(ctx, query.brandId), nextCursor: null } }),
  }),
  defineRoute({
    method: 'get', path: `${path}/:id`, tag, summary: 'One category', access: { policy: 'article.view' },
    params: idParams,
    handle: async ({ ctx, params }) => ({ body: await answerCategory(ctx, params.id) }),
  }),
  defineRoute({
    method: 'post', path, tag, summary: 'Make a category', access: { policy: 'article.edit' },
    description: 'Categories lie in one another up to three deep. Without a brand it is the first one of the caller. Without a slug it is made from the name.',
    body: categoryBody, example,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createCategory(ctx, body) }),
  }),
  defineRoute({
    method: 'patch', path: `${path}/:id`, tag, summary: 'Change, move or reorder a category', access: { policy: 'article.edit' },
    description: 'What is left out stays. `position` counts from 0 among the categories beside it. What lies in a category is never open to more people than the category itself.',
    params: idParams, body: categoryPatch, example: { position: 0, audience: 'signed-in' },
    handle: async ({ ctx, params, body }) => ({ body: await updateCategory(ctx, { ...body, ...params }) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id`, tag, summary: 'Remove a category', access: { policy: 'article.edit' },
    description: 'One that holds articles or categories answers 409 `category_in_use` with their numbers, unless `moveTo` names the category that takes them.',
    params: idParams, query: z.strictObject({ moveTo: idSchema.optional() }),
    async handle({ ctx, params, query }) {
      await removeCategory(ctx, { ...params, ...query });
      return { status: 204 };
    },
  }),
];
