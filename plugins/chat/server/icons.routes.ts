import { createHash } from 'node:crypto';
import { z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { searchIcons } from './icons.ts';

const iconsQuery = z.strictObject({ q: z.string().max(60).default(''), limit: z.coerce.number().int().min(1).max(200).default(60) });
const iconSchema = z.strictObject({ name: z.string(), style: z.enum(['solid', 'brands']), w: z.number(), h: z.number(), d: z.string() });

/** `/api/v1/widgets/icons`: FontAwesome's free set, to choose from. */
export async function addIconRoutes(ctx: PluginContext): Promise<void> {
  await ctx.routes.add({
    method: 'get', claim: '/api/v1/widgets', path: '/icons', summary: 'Find icons for a chat widget', access: { ability: 'widgets.manage' }, perMinute: 600,
    query: iconsQuery, response: z.strictObject({ data: z.array(iconSchema) }),
    handle({ query, headers }) {
      const body = { data: searchIcons(query.q, query.limit) };
      const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
      const caching = { ETag: etag, 'Cache-Control': 'private, max-age=3600' };
      return headers['if-none-match'] === etag ? { status: 304, headers: caching } : { body, headers: caching };
    },
  });
}
