import type { BrandDto } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import { system, type OperatorActor } from '../../kernel/policy/actor.ts';
import type { BrandBody, OperatorDto } from '../../shared/people.ts';
import { createBrand } from '../brands/index.ts';
import { createDepartment } from '../departments/index.ts';
import { createOperator, hasOperators, loadOperatorActor } from '../operators/index.ts';
import { lockOwnerRole } from '../roles/index.ts';

export interface Founding { operator: { name: string; email: string; password: string }; brand: BrandBody }
export interface Founded { operator: OperatorDto; brand: BrandDto; actor: OperatorActor }

const firstDepartments = ['Support', 'Sales'];

/**
 * Makes the first operator, their brand and departments, all or nothing. Of those who try at the same moment one
 * wins; the others wait at the owner role's row and are told that the desk is there.
 */
export async function foundDesk(ctx: ActionContext, input: Founding): Promise<Founded> {
  const { operator, brand } = await ctx.as(system).transaction(async (tx) => {
    const ownerRole = await lockOwnerRole(tx.db);
    if (await hasOperators(tx.db)) throw conflict('setup_closed');
    const made = await createBrand(tx, input.brand);
    const owner = await createOperator(tx, {
      ...input.operator, roleId: ownerRole.uid, brandIds: 'all', departmentIds: [], locale: input.brand.locale, timeZone: 'UTC',
    });
    for (const name of firstDepartments) await createDepartment(tx, { name, isPublic: true, brandIds: [], memberIds: [owner.id] });
    return { operator: owner, brand: made };
  });
  await ctx.kernel.settings.set('core', { deskName: brand.name, defaultLocale: brand.locale });
  const actor = await loadOperatorActor(ctx.kernel, operator.id);
  if (!actor) throw conflict('setup_closed');
  return { operator, brand, actor };
}
