import { defineModule } from '../../kernel/module.ts';
import { contextKeyRoutes } from './context-keys.ts';

export { listContextKeys } from './context-keys.ts';
export type { ContextOwner } from './context.model.ts';
export { selectActivity, selectContext } from './context.queries.ts';
export { dropActivity, dropContext, moveActivity, moveContext } from './merge-context.ts';
export { checkContext, setContext, type ContextChange } from './set-context.ts';
export { trackContact, type Tracked } from './track.ts';

export const contextModule = defineModule({ id: 'context', routes: contextKeyRoutes });
