import type { Kernel } from '../../kernel/context.ts';
import { hashToken } from '../../kernel/ids.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { loadActorByRowId } from '../operators/index.ts';
import { actorCache } from '../roles/index.ts';
import { ApiToken, tokenPrefix } from './api-token.model.ts';

const touchEveryMs = 60_000;

/** Who a bearer token acts for, with no more than its scopes, or null. As fast, and as quick to end, as a session. */
export async function resolveApiToken(kernel: Kernel, bearer: string): Promise<OperatorActor | null> {
  if (!bearer.startsWith(`${tokenPrefix}_`)) return null;
  const tokenHash = hashToken(bearer);
  return actorCache(kernel).get(`token:${tokenHash}`, () => load(kernel, tokenHash));
}

async function load(kernel: Kernel, tokenHash: string): Promise<OperatorActor | null> {
  const db = kernel.db.knex;
  const token = await ApiToken.query(db).findOne({ token_hash: tokenHash });
  const now = Date.now();
  if (!token || token.revoked_at !== null || (token.expires_at !== null && token.expires_at <= now)) return null;
  const owner = await loadActorByRowId(kernel, token.operator_id);
  if (!owner) return null;
  if (token.last_used_at === null || now - token.last_used_at > touchEveryMs) {
    // A database that cannot be written keeps nobody from reading.
    await ApiToken.query(db).findById(token.id).patch({ last_used_at: now })
      .catch((error: unknown) => kernel.log.warn({ err: error }, 'the last use of a token could not be noted'));
  }
  return { ...owner, type: 'token', permissions: narrow(owner.permissions, JSON.parse(token.scopes) as string[]) };
}

/** What both the owner and the token allow. */
function narrow(own: ReadonlySet<string>, scopes: readonly string[]): ReadonlySet<string> {
  if (scopes.includes('*')) return own;
  return new Set(scopes.filter((scope) => own.has('*') || own.has(scope)));
}
