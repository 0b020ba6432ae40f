import { z } from 'zod';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { contextKeyPatch, contextKeySchema, type ContextKeyDto } from '../../shared/sdk-api.ts';
import { brandUids, readBrand } from '../brands/index.ts';
import { ContextKey } from './context.model.ts';

const path = '/api/v1/context-keys';

const present = (row: ContextKey, brandId: string): ContextKeyDto => ({
  key: row.entry_key, brandId, label: row.label, type: row.type, description: row.description,
  firstSeenAt: new Date(row.first_seen_at).toISOString(), lastSeenAt: new Date(row.last_seen_at).toISOString(),
});

/** Every key that was seen, the ones seen last first. */
export async function listContextKeys(ctx: ActionContext): Promise<ContextKeyDto[]> {
  const brands = await brandUids(ctx.db);
  const rows = await ContextKey.query(ctx.db).orderBy([{ column: 'last_seen_at', order: 'desc' }, { column: 'id', order: 'desc' }]);
  return rows.map((row) => present(row, brands.get(row.brand_id) ?? ''));
}

/** What an admin tells the AI about a key. */
export async function describeContextKey(ctx: ActionContext, key: string, input: { brandId: string; description: string }): Promise<ContextKeyDto> {
  const brand = await readBrand(ctx.db, input.brandId);
  const row = await ContextKey.query(ctx.db).findOne({ brand_id: brand.id, entry_key: key });
  if (!row) throw notFound('context_key');
  const description = input.description.replaceAll('\u0000', '').toWellFormed().trim();
  await ContextKey.query(ctx.db).findById(row.id).patch({ description });
  return present(Object.assign(row, { description }), brand.uid);
}

export const contextKeyRoutes = [
  defineRoute({
    method: 'get', path, tag: 'context', summary: 'Context keys that were seen, the newest first', access: { policy: 'settings.view' },
    handle: async ({ ctx }) => ({ body: { data: await listContextKeys(ctx) } }),
  }),
  defineRoute({
    method: 'patch', path: `${path}/:key`, tag: 'context', summary: 'Describes a context key for the AI', access: { policy: 'settings.change' },
    params: z.strictObject({ key: contextKeySchema }), body: contextKeyPatch,
    handle: async ({ ctx, params, body }) => ({ body: await describeContextKey(ctx, params.key, body) }),
  }),
];
