import type { ActionContext } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { audit } from '../audit/index.ts';
import { Brand } from './brand.model.ts';
import { countBrandUse } from './brand.queries.ts';

/** Removes a brand that nobody ever wrote to and that has no articles. The desk keeps at least one. */
export async function removeBrand(ctx: ActionContext, input: { id: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const brands = await Brand.query(tx.db).orderBy('id').forUpdate();
    const brand = brands.find(({ uid }) => uid === input.id);
    if (!brand || !tx.can('brand.view', brand)) throw notFound('brand');
    tx.authorize('brand.remove', brand);
    if (brands.length === 1) throw conflict('last_brand');
    const use = await countBrandUse(tx.db, brand.id);
    if (use.conversations > 0 || use.contacts > 0) throw conflict('brand_in_use', use);
    const [{ articles = 0 } = {}] = (await tx.db('articles').where({ brand_id: brand.id }).count({ articles: '*' })) as { articles?: number }[];
    if (Number(articles) > 0) throw conflict('brand_has_articles', { articles: Number(articles) });
    await tx.db('article_categories').where({ brand_id: brand.id }).delete();
    await tx.db('email_template_texts').where({ brand_id: brand.id }).delete();
    await tx.db('department_brands').where({ brand_id: brand.id }).delete();
    await tx.db('api_tokens').where({ brand_id: brand.id }).whereNull('revoked_at').update({ revoked_at: tx.now });
    await Brand.query(tx.db).deleteById(brand.id);
    await audit(tx, 'brand.removed', { type: 'brand', id: brand.uid }, { name: brand.name, slug: brand.slug });
  });
}
