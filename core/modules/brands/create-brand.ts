import type { BrandDto } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { newId } from '../../kernel/ids.ts';
import type { BrandBody } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { Brand } from './brand.model.ts';
import { presentBrand } from './brand.presenter.ts';

export async function createBrand(ctx: ActionContext, input: BrandBody): Promise<BrandDto> {
  ctx.authorize('brand.create');
  return ctx.transaction(async (tx) => {
    const brand = await refuseTaken('slug', () => Brand.query(tx.db).insert({ ...input, uid: newId(), created_at: tx.now }));
    await audit(tx, 'brand.created', { type: 'brand', id: brand.uid }, { ...input });
    return presentBrand(brand);
  });
}
