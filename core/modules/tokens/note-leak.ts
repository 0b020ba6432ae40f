import type { ActionContext } from '../../kernel/context.ts';
import type { ServerKey } from '../../kernel/http/sdk-callers.ts';
import { audit } from '../audit/index.ts';

const everyMs = 60 * 60_000;
const told = new Map<string, number>();

/** A page sent a server key, so everybody who opens that page can read it. Written down at most once an hour and key: it may be a busy page. */
export async function noteLeak(ctx: ActionContext, key: ServerKey, origin: string): Promise<void> {
  if (ctx.now - (told.get(key.id) ?? 0) < everyMs) return;
  told.set(key.id, ctx.now);
  ctx.log.warn({ token: key.id, name: key.name, origin }, 'a server key was sent by a page in a browser: revoke it');
  await audit(ctx, 'token.leaked', { type: 'token', id: key.id }, { name: key.name, origin: origin.slice(0, 300) });
}
