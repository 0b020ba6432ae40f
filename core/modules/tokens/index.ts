import { defineModule } from '../../kernel/module.ts';
import { tokenPolicies } from './api-token.policy.ts';
import { tokenRoutes } from './tokens.routes.ts';

export { createToken } from './create-token.ts';
export { noteLeak } from './note-leak.ts';
export { resolveApiToken } from './resolve-api-token.ts';
export { resolveServerKey } from './resolve-server-key.ts';

export const tokensModule = defineModule({ id: 'tokens', routes: tokenRoutes, policies: tokenPolicies });
