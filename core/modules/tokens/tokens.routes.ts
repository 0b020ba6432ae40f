import { defineRoute } from '../../kernel/http/route.ts';
import { tokenBody } from '../../shared/desk-settings.ts';
import { idParams } from '../../shared/primitives.ts';
import { presentToken } from './api-token.presenter.ts';
import { selectTokens } from './api-token.queries.ts';
import { createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';

const tag = 'tokens';

export const tokenRoutes = [
  defineRoute({
    method: 'get', path: '/api/v1/tokens', summary: 'API tokens and server keys, newest first', tag,
    access: { policy: 'token.list' },
    handle: async ({ ctx }) => ({ body: { data: (await selectTokens(ctx.db)).map(presentToken), nextCursor: null } }),
  }),
  defineRoute({
    method: 'post', path: '/api/v1/tokens', summary: 'Make an API token or a server key; it is shown this once', tag,
    access: { policy: 'token.create' },
    perMinute: 30,
    answersSecret: true,
    body: tokenBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createToken(ctx, body) }),
  }),
  defineRoute({
    method: 'delete', path: '/api/v1/tokens/:id', summary: 'Revoke an API token or a server key', tag,
    access: { policy: 'token.revoke' },
    params: idParams,
    async handle({ ctx, params }) {
      await revokeToken(ctx, params);
      return { status: 204 };
    },
  }),
];
