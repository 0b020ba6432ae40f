import { defineModule } from '../../kernel/module.ts';
import { operatorsChanged } from '../roles/index.ts';
import { actorCache } from './actor-cache.ts';
import { operatorPolicies } from './operator.policy.ts';
import { operatorRoutes } from './operators.routes.ts';

export { actorCache } from './actor-cache.ts';
export { createOperator } from './create-operator.ts';
export { endSessions } from './end-sessions.ts';
export { loadActorByRowId, loadOperatorActor } from './load-operator-actor.ts';
export { Operator } from './operator.model.ts';
export { presentOperator } from './operator.presenter.ts';
export { findOperator, hasOperators, readOperator, type OperatorRow } from './operator.queries.ts';
export { hashPassword, verifyPassword } from './password.ts';
export { updateOperator } from './update-operator.ts';

const operatorIdOf = (payload: unknown): string | null => (payload as { operatorId?: string | null }).operatorId ?? null;

export const operatorsModule = defineModule({
  id: 'operators',
  routes: operatorRoutes,
  policies: operatorPolicies,
  broadcasts: {
    async [operatorsChanged](entry, { kernel }) {
      const operatorId = operatorIdOf(entry.payload);
      actorCache(kernel).forget(operatorId);
      await kernel.realtime.refreshOperators(operatorId ?? undefined);
    },
  },
  start(kernel) {
    kernel.bus.subscribe(operatorsChanged, (payload) => actorCache(kernel).forget(operatorIdOf(payload)));
  },
});
