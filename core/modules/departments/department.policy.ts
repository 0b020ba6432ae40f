import { holds, isStaff, type Actor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';
import type { DepartmentRow } from './department.queries.ts';

/** A department is seen by those who work for one of its brands; without brands it serves all. */
function reaches(actor: Actor, row?: Pick<DepartmentRow, 'brandIds'>): boolean {
  if (!isStaff(actor)) return false;
  const { brandIds } = actor;
  return row === undefined || brandIds === 'all' || row.brandIds.length === 0 || row.brandIds.some((id) => brandIds.has(id));
}

/** To change one is to change work of each of its brands. */
function governs(actor: Actor, row?: Pick<DepartmentRow, 'brandIds'>): boolean {
  if (!holds(actor, 'people.manage')) return false;
  const { brandIds } = actor;
  return row === undefined || brandIds === 'all' || (row.brandIds.length > 0 && row.brandIds.every((id) => brandIds.has(id)));
}

export const departmentPolicies: PolicyTable = {
  'department.view': reaches,
  'department.create': governs,
  'department.update': governs,
  'department.remove': governs,
};
