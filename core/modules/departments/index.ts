import { defineModule } from '../../kernel/module.ts';
import { departmentPolicies } from './department.policy.ts';
import { departmentRoutes } from './departments.routes.ts';

export { createDepartment } from './create-department.ts';
export { setMemberships } from './department-links.ts';
export { Department } from './department.model.ts';
export { presentDepartment } from './department.presenter.ts';
export { departmentIdsOf, departmentRowIds, readDepartment, selectDepartments } from './department.queries.ts';

export const departmentsModule = defineModule({ id: 'departments', routes: departmentRoutes, policies: departmentPolicies });
