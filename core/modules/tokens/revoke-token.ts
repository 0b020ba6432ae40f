import type { ActionContext } from '../../kernel/context.ts';
import { audit } from '../audit/index.ts';
import { changePermissions } from '../roles/index.ts';
import { ApiToken } from './api-token.model.ts';
import { readToken } from './api-token.queries.ts';

/** Ends a token, at once and for good. */
export async function revokeToken(ctx: ActionContext, input: { id: string }): Promise<void> {
  ctx.authorize('token.revoke');
  const owner = (await readToken(ctx.db, input.id)).operator_uid;
  await changePermissions(ctx, owner, async (tx) => {
    const token = await readToken(tx.db, input.id);
    await ApiToken.query(tx.db).findById(token.id).patch({ revoked_at: tx.now });
    await audit(tx, 'token.revoked', { type: 'token', id: input.id }, { name: token.name });
  });
}
