import { defineModule, type Module } from '../../kernel/module.ts';
import { sessionHooks } from './session.hooks.ts';
import { sessionPolicies } from './session.policy.ts';
import { Session } from './session.model.ts';
import { sessionRoutes } from './sessions.routes.ts';
import { SignInLimits } from './sign-in-limits.ts';

export { openSession, type SignInOrigin } from './open-session.ts';
export { loadSession, resolveSession } from './resolve-session.ts';
export { cookieEnd } from './session.model.ts';
export { originOf } from './sessions.routes.ts';

/** Sign-in attempts are counted in Redis once there is one, else in this process. */
export function createSessionsModule(deps: { redisUrl?: string | undefined }): Module {
  const limits = new SignInLimits();
  return defineModule({
    id: 'sessions',
    routes: sessionRoutes(limits),
    policies: sessionPolicies,
    hooks: sessionHooks,
    async start(kernel) {
      if (deps.redisUrl) await limits.useRedis(deps.redisUrl);
      kernel.jobs.schedule('sessions.prune', '17 3 * * *', async () => {
        await Session.query(kernel.db.knex).delete().where('expires_at', '<', Date.now());
      });
    },
    stop: () => limits.close(),
  });
}
