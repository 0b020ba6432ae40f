import { defineModule, type Module } from '../../kernel/module.ts';
import { setupRoutes } from './setup.routes.ts';
import type { SetupDeps } from './setup-deps.ts';

export { foundDesk, type Founding } from './found-desk.ts';
export { prepareSetup } from './prepare-setup.ts';
export type { SetupDeps } from './setup-deps.ts';

export const createSetupModule = (deps: SetupDeps): Module => defineModule({ id: 'setup', routes: setupRoutes(deps) });
