import { defineModule } from '../../kernel/module.ts';
import { mailLogPolicies } from './mail-log.policy.ts';
import { mailLogRoutes } from './mail-log.routes.ts';
import { mailHooks } from './mail.hooks.ts';

export const mailLogModule = defineModule({ id: 'mail-log', routes: mailLogRoutes, policies: mailLogPolicies, hooks: mailHooks });
