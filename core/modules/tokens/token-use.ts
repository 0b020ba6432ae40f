import type { Kernel } from '../../kernel/context.ts';
import { ApiToken } from './api-token.model.ts';

const touchEveryMs = 60_000;

/** May it still be used? */
export const isLive = (token: ApiToken, now: number): boolean => token.revoked_at === null && (token.expires_at === null || token.expires_at > now);

/** Notes the last use, once a minute. A database that cannot be written keeps nobody from reading. */
export async function noteUse(kernel: Kernel, token: ApiToken, now: number): Promise<void> {
  if (token.last_used_at !== null && now - token.last_used_at <= touchEveryMs) return;
  await ApiToken.query(kernel.db.knex).findById(token.id).patch({ last_used_at: now })
    .catch((error: unknown) => kernel.log.warn({ err: error }, 'the last use of a token could not be noted'));
}
