import type { Kernel } from '../../kernel/context.ts';
import type { ServerKey } from '../../kernel/http/sdk-callers.ts';
import { hashToken } from '../../kernel/ids.ts';
import { ApiToken, serverPrefix } from './api-token.model.ts';
import { isLive, noteUse } from './token-use.ts';

/** What a server key may do, read anew at each call: one that was revoked ends with the next. It belongs to the desk, so it outlives whoever made it. */
export async function resolveServerKey(kernel: Kernel, bearer: string): Promise<ServerKey | null> {
  if (!bearer.startsWith(`${serverPrefix}_`)) return null;
  const token = await ApiToken.query(kernel.db.knex).findOne({ token_hash: hashToken(bearer), kind: 'server' })
    .leftJoin('brands', 'brands.id', 'api_tokens.brand_id').select('api_tokens.*', 'brands.uid as brand_uid') as (ApiToken & { brand_uid: string | null }) | undefined;
  const now = Date.now();
  if (!token || !isLive(token, now)) return null;
  // A brand that is gone leaves a key for nothing, not one for everything.
  if (token.brand_id !== null && token.brand_uid === null) return null;
  await noteUse(kernel, token, now);
  return { id: token.uid, name: token.name, brandId: token.brand_uid, scopes: JSON.parse(token.scopes) as string[] };
}
