import { defineModule } from '../../kernel/module.ts';
import { auditPolicies } from './audit.policy.ts';
import { auditRoutes } from './audit.routes.ts';

export { audit, type AuditObject } from './audit.ts';

export const auditModule = defineModule({ id: 'audit', routes: auditRoutes, policies: auditPolicies });
