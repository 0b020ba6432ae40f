import type { Kernel } from '../../kernel/context.ts';
import { hashToken } from '../../kernel/ids.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { loadActorByRowId } from '../operators/index.ts';
import { actorCache } from '../roles/index.ts';
import { ApiToken, tokenPrefix } from './api-token.model.ts';
import { isLive, noteUse } from './token-use.ts';

/** Who a bearer token acts for, with no more than its scopes, or null. As fast, and as quick to end, as a session. */
export async function resolveApiToken(kernel: Kernel, bearer: string): Promise<OperatorActor | null> {
  if (!bearer.startsWith(`${tokenPrefix}_`)) return null;
  const tokenHash = hashToken(bearer);
  return actorCache(kernel).get(`token:${tokenHash}`, () => load(kernel, tokenHash));
}

async function load(kernel: Kernel, tokenHash: string): Promise<OperatorActor | null> {
  const token = await ApiToken.query(kernel.db.knex).findOne({ token_hash: tokenHash, kind: 'personal' });
  const now = Date.now();
  if (!token || !isLive(token, now)) return null;
  const owner = await loadActorByRowId(kernel, token.operator_id);
  if (!owner) return null;
  await noteUse(kernel, token, now);
  return { ...owner, type: 'token', permissions: narrow(owner.permissions, JSON.parse(token.scopes) as string[]) };
}

/** What both the owner and the token allow. */
function narrow(own: ReadonlySet<string>, scopes: readonly string[]): ReadonlySet<string> {
  if (scopes.includes('*')) return own;
  return new Set(scopes.filter((scope) => own.has('*') || own.has(scope)));
}
