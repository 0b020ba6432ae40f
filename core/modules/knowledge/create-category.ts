import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import { newId } from '../../kernel/ids.ts';
import type { CategoryBody, CategoryDto } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { lockBrand, readTree } from './article.queries.ts';
import { ArticleCategory } from './category.model.ts';
import { answerCategory, categoryNamed } from './category.queries.ts';
import { brandFor } from './create-article.ts';
import { refuseWrongParent } from './place-category.ts';
import { freeSlug } from './slug.ts';

export const cleanIcon = (icon: string | null): string | null => icon?.replaceAll('\u0000', '').toWellFormed().trim() || null;

export async function createCategory(ctx: ActionContext, input: CategoryBody): Promise<CategoryDto> {
  return ctx.transaction(async (tx) => {
    const brand = await lockBrand(tx.db, await brandFor(tx, input.brandId, 'article.edit'));
    tx.authorize('article.edit', { brand_id: brand.id });
    const tree = await readTree(tx.db, brand.id);
    const parent = input.parentId === null ? null : categoryNamed(tree, input.parentId, 'parentId');
    refuseWrongParent(tree, parent, null, 'parentId');
    const title = (input.texts[brand.locale] ?? Object.values(input.texts)[0])?.name ?? '';
    const slug = input.slug ?? await freeSlug({ title, fallback: 'category', isTaken: async (wanted) => tree.all().some((row) => row.slug === wanted) });
    const uid = newId();
    await refuseTaken('slug', () => ArticleCategory.query(tx.db).insert({
      uid, brand_id: brand.id, parent_id: parent?.id ?? null, slug, audience: input.audience, icon: cleanIcon(input.icon),
      position: tree.children(parent?.id ?? null).length, texts: JSON.stringify(input.texts), created_at: tx.now, updated_at: tx.now,
    }));
    await audit(tx, 'article-category.created', { type: 'article-category', id: uid }, { name: title, audience: input.audience, brandId: brand.uid });
    return answerCategory(tx, uid);
  });
}
