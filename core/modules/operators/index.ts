import { defineModule } from '../../kernel/module.ts';
import { operatorPolicies } from './operator.policy.ts';
import { operatorRoutes } from './operators.routes.ts';

export { createOperator } from './create-operator.ts';
export { endSessions } from './end-sessions.ts';
export { loadActorByRowId, loadOperatorActor } from './load-operator-actor.ts';
export { Operator } from './operator.model.ts';
export { presentOperator } from './operator.presenter.ts';
export { findOperator, findOwner, hasOperators, readOperator, type OperatorRow } from './operator.queries.ts';
export { hashPassword, verifyPassword } from './password.ts';
export { updateOperator } from './update-operator.ts';

export const operatorsModule = defineModule({ id: 'operators', routes: operatorRoutes, policies: operatorPolicies });
