import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { newId } from '../../kernel/ids.ts';
import type { DepartmentBody, StaffDepartmentDto } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { brandRowIds } from '../brands/index.ts';
import { changePermissions } from '../roles/index.ts';
import { setBrands, setMembers } from './department-links.ts';
import { Department } from './department.model.ts';
import { presentDepartmentForStaff } from './department.presenter.ts';
import { memberRowIds, readDepartment } from './department.queries.ts';

export async function createDepartment(ctx: ActionContext, input: DepartmentBody): Promise<StaffDepartmentDto> {
  return changePermissions(ctx, null, async (tx) => {
    const brandIds = await brandRowIds(tx.db, input.brandIds);
    tx.authorize('department.create', { brandIds });
    const uid = newId();
    const [last] = await tx.db('departments').max({ position: 'position' });
    const position = Number(last?.position ?? -1) + 1;
    const department = await refuseTaken('name', () =>
      Department.query(tx.db).insert({ uid, name: input.name, is_public: input.isPublic ? 1 : 0, position }));
    await setBrands(tx.db, department.id, brandIds);
    await setMembers(tx.db, department.id, await memberRowIds(tx.db, input.memberIds));
    await audit(tx, 'department.created', { type: 'department', id: uid }, { ...input });
    return presentDepartmentForStaff(await readDepartment(tx.db, uid));
  });
}
