import { defineModule, type Module } from '../../kernel/module.ts';
import { sdkRoutes } from './sdk-api.routes.ts';

/** What the customer's own pages and servers tell the desk. */
export const createSdkApiModule = (): Module => defineModule({ id: 'sdk-api', routes: sdkRoutes() });
