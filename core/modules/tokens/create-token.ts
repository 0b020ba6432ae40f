import { serverScopes } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { hashToken, newId, newToken } from '../../kernel/ids.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { TokenBody, TokenDto } from '../../shared/desk-settings.ts';
import { audit } from '../audit/index.ts';
import { findBrand } from '../brands/index.ts';
import { isPermission } from '../roles/index.ts';
import { ApiToken, serverPrefix, tokenPrefix } from './api-token.model.ts';
import { presentToken } from './api-token.presenter.ts';
import { readToken } from './api-token.queries.ts';

/** Makes a token for whoever asks, or a key for a server. `token` is told here and never again. */
export async function createToken(ctx: ActionContext, input: TokenBody): Promise<TokenDto & { token: string }> {
  const { actor } = ctx;
  if (!isStaff(actor)) throw new AppError(401, 'unauthenticated');
  const scopes = [...new Set(input.scopes)].sort();
  const brandId = input.kind === 'server' ? await checkServerKey(ctx, input) : checkPersonal(ctx, input, scopes);
  const expiresAt = input.expiresAt === null ? null : Date.parse(input.expiresAt);
  if (expiresAt !== null && expiresAt <= ctx.now) throw invalid('expiresAt', 'past');
  const token = newToken(input.kind === 'server' ? serverPrefix : tokenPrefix);
  return ctx.transaction(async (tx) => {
    const uid = newId();
    await ApiToken.query(tx.db).insert({
      uid, kind: input.kind, brand_id: brandId, operator_id: actor.rowId, name: input.name, token_hash: hashToken(token), scopes: JSON.stringify(scopes),
      created_at: tx.now, last_used_at: null, expires_at: expiresAt, revoked_at: null,
    });
    await audit(tx, 'token.created', { type: 'token', id: uid }, { name: input.name, kind: input.kind, brandId: input.brandId, scopes, expiresAt: input.expiresAt });
    return { ...presentToken(await readToken(tx.db, uid)), token };
  });
}

function checkPersonal(ctx: ActionContext, input: TokenBody, scopes: readonly string[]): null {
  if (input.brandId !== null) throw invalid('brandId', 'server_keys_only');
  const unknown = input.scopes.findIndex((scope) => scope !== '*' && !isPermission(scope));
  if (unknown !== -1) throw invalid(`scopes.${unknown}`, 'unknown_permission');
  ctx.authorize('token.create', { kind: 'personal', scopes });
  return null;
}

/** Answers the row of its brand. */
async function checkServerKey(ctx: ActionContext, input: TokenBody): Promise<number | null> {
  const unknown = input.scopes.findIndex((scope) => !serverScopes.some((known) => known === scope));
  if (unknown !== -1) throw invalid(`scopes.${unknown}`, 'unknown_scope');
  const brand = input.brandId === null ? null : await findBrand(ctx.db, input.brandId);
  if (brand === undefined) throw invalid('brandId', 'unknown_brand');
  const brandId = brand && brand.id;
  ctx.authorize('token.create', { kind: 'server', brandId });
  return brandId;
}
