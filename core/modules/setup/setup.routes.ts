import { z } from 'zod';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { setupBody, type SetupState } from '../../shared/people.ts';
import { hasOperators } from '../operators/index.ts';
import { cookieEnd, originOf } from '../sessions/index.ts';
import { completeSetup } from './complete-setup.ts';
import type { SetupDeps } from './setup-deps.ts';
import { isSetupToken } from './setup-token.ts';

const path = '/api/v1/setup';
const tag = 'setup';

/** What is on the desk is told to the holder of the link only. */
async function readSetup(ctx: ActionContext, deps: SetupDeps, token: string | undefined): Promise<SetupState> {
  const isOpen = !(await hasOperators(ctx.db));
  const isTokenValid = isOpen && token !== undefined && await isSetupToken(ctx.kernel, token);
  if (!isTokenValid) return { isOpen, isTokenValid, plugins: [] };
  const { firstPlugins } = ctx.kernel.config;
  const plugins = (await deps.listPlugins(ctx)).map((plugin) => ({ ...plugin, isSuggested: plugin.isSuggested || firstPlugins.includes(plugin.id) }));
  return { isOpen, isTokenValid, plugins };
}

export const setupRoutes = (deps: SetupDeps): Route[] => [
  defineRoute({
    method: 'get', path, summary: 'Whether the desk still waits for its first operator', tag,
    access: { public: 'there is no operator yet' },
    perMinute: 60,
    query: z.strictObject({ token: z.string().max(200).optional() }),
    handle: async ({ ctx, query }) => ({ body: await readSetup(ctx, deps, query.token) }),
  }),
  defineRoute({
    method: 'post', path, summary: 'Set the desk up with the one-time token of the printed link', tag,
    access: { public: 'there is no operator yet; the token is the key' },
    perMinute: 20,
    body: setupBody,
    async handle(request) {
      const { sessionToken, ...result } = await completeSetup(request.ctx, deps, request.body, originOf(request));
      return { status: 201, body: result, session: { set: sessionToken, expiresAt: cookieEnd(request.ctx.now) } };
    },
  }),
];
