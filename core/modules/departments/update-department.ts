import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { notFound } from '../../kernel/errors.ts';
import type { DepartmentPatch, StaffDepartmentDto } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { brandRowIds } from '../brands/index.ts';
import { changePermissions } from '../roles/index.ts';
import { setBrands, setMembers } from './department-links.ts';
import { Department } from './department.model.ts';
import { presentDepartmentForStaff } from './department.presenter.ts';
import { memberRowIds, readDepartment } from './department.queries.ts';

/** Changes a department. Members who come or go see another part of the desk at once. */
export async function updateDepartment(ctx: ActionContext, { id, ...changes }: DepartmentPatch & { id: string }): Promise<StaffDepartmentDto> {
  return changePermissions(ctx, null, async (tx) => {
    const row = await readDepartment(tx.db, id);
    if (!tx.can('department.view', row)) throw notFound('department');
    tx.authorize('department.update', row);
    const brandIds = changes.brandIds && await brandRowIds(tx.db, changes.brandIds);
    if (brandIds) tx.authorize('department.update', { brandIds });
    const { name = row.department.name, isPublic = row.department.is_public === 1, position = row.department.position } = changes;
    await refuseTaken('name', () => Department.query(tx.db).findById(row.department.id).patch({ name, is_public: isPublic ? 1 : 0, position }));
    if (brandIds) await setBrands(tx.db, row.department.id, brandIds);
    if (changes.memberIds) await setMembers(tx.db, row.department.id, await memberRowIds(tx.db, changes.memberIds));
    await audit(tx, 'department.changed', { type: 'department', id }, changes);
    return presentDepartmentForStaff(await readDepartment(tx.db, id));
  });
}
