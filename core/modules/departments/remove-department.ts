import type { ActionContext } from '../../kernel/context.ts';
import { conflict, invalid, notFound } from '../../kernel/errors.ts';
import { audit } from '../audit/index.ts';
import { changePermissions } from '../roles/index.ts';
import { setBrands, setMembers } from './department-links.ts';
import { Department } from './department.model.ts';
import { countConversations, readDepartment } from './department.queries.ts';

/** Removes a department without conversations, or moves them to `moveTo` first. */
export async function removeDepartment(ctx: ActionContext, input: { id: string; moveTo?: string }): Promise<void> {
  await changePermissions(ctx, null, async (tx) => {
    await Department.query(tx.db).findOne('uid', input.id).forUpdate();
    const row = await readDepartment(tx.db, input.id);
    if (!tx.can('department.view', row)) throw notFound('department');
    tx.authorize('department.remove', row);
    if (input.moveTo !== undefined) await moveConversations(tx, row.department, input.moveTo);
    const conversations = await countConversations(tx.db, row.department.id);
    if (conversations > 0) throw conflict('department_in_use', { conversations });
    await setBrands(tx.db, row.department.id, []);
    await setMembers(tx.db, row.department.id, []);
    await Department.query(tx.db).deleteById(row.department.id);
    await audit(tx, 'department.removed', { type: 'department', id: input.id }, { name: row.department.name, movedTo: input.moveTo ?? null });
  });
}

/** The version goes up as with any change of department, so that nobody overwrites it unseen. */
async function moveConversations(tx: ActionContext, from: Department, moveTo: string): Promise<void> {
  const target = await Department.query(tx.db).findOne('uid', moveTo);
  if (!target || target.id === from.id) throw invalid('moveTo', 'unknown_department');
  await tx.db('conversations').where({ department_id: from.id })
    .update({ department_id: target.id, version: tx.db.raw('version + 1'), change_version: tx.db.raw('change_version + 1') });
}
