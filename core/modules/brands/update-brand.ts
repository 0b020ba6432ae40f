import type { BrandDto } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { notFound } from '../../kernel/errors.ts';
import type { BrandPatch } from '../../shared/people.ts';
import { audit } from '../audit/index.ts';
import { Brand } from './brand.model.ts';
import { presentBrand } from './brand.presenter.ts';
import { readBrand } from './brand.queries.ts';

export async function updateBrand(ctx: ActionContext, { id, ...changes }: BrandPatch & { id: string }): Promise<BrandDto> {
  return ctx.transaction(async (tx) => {
    const brand = await readBrand(tx.db, id);
    if (!tx.can('brand.view', brand)) throw notFound('brand');
    tx.authorize('brand.update', brand);
    if (Object.keys(changes).length > 0) {
      await refuseTaken('slug', () => Brand.query(tx.db).findById(brand.id).patch(changes));
      await audit(tx, 'brand.changed', { type: 'brand', id }, changes);
    }
    return presentBrand(await readBrand(tx.db, id));
  });
}
