import type { DepartmentDto } from '@plugboard/sdk';
import type { StaffDepartmentDto } from '../../shared/people.ts';
import type { DepartmentRow } from './department.queries.ts';

/** What may be told to customers and plugins: no members. */
export function presentDepartment({ department, brandUids }: DepartmentRow): DepartmentDto {
  return { id: department.uid, name: department.name, isPublic: department.is_public === 1, brandIds: brandUids };
}

export function presentDepartmentForStaff(row: DepartmentRow): StaffDepartmentDto {
  return { ...presentDepartment(row), memberIds: row.memberUids, position: row.department.position };
}
