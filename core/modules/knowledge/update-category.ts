import type { ActionContext } from '../../kernel/context.ts';
import { refuseTaken } from '../../kernel/db/refuse-taken.ts';
import type { CategoryDto, CategoryPatch } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { lockBrand } from './article.queries.ts';
import { ArticleCategory } from './category.model.ts';
import { answerCategory, categoryNamed, readCategory, type CategoryPlace } from './category.queries.ts';
import { cleanIcon } from './create-category.ts';
import { placeAmong, refuseWrongParent } from './place-category.ts';
import { settleReach } from './settle-reach.ts';

/** Changes, moves and reorders a category. A narrower audience closes everything in it at once. */
export async function updateCategory(ctx: ActionContext, { id, ...input }: CategoryPatch & { id: string }): Promise<CategoryDto> {
  return ctx.transaction(async (tx) => {
    const { category, brand, tree } = await lockCategory(tx, id);
    const parent = input.parentId === undefined ? tree.get(category.parent_id) ?? null : input.parentId === null ? null : categoryNamed(tree, input.parentId, 'parentId');
    const isMoved = (parent?.id ?? null) !== category.parent_id;
    if (isMoved) refuseWrongParent(tree, parent, category, 'parentId');
    const change = {
      parent_id: parent?.id ?? null, updated_at: tx.now,
      ...(input.audience === undefined ? {} : { audience: input.audience }),
      ...(input.icon === undefined ? {} : { icon: cleanIcon(input.icon) }),
      ...(input.slug === undefined ? {} : { slug: input.slug }),
      ...(input.texts === undefined ? {} : { texts: JSON.stringify(input.texts) }),
    };
    await refuseTaken('slug', () => ArticleCategory.query(tx.db).findById(category.id).patch(change));
    const beside = tree.children(parent?.id ?? null);
    if (isMoved || input.position !== undefined) await placeAmong(tx, beside, category, input.position ?? beside.length);
    if (isMoved || (input.audience !== undefined && input.audience !== category.audience)) await settleReach(tx, brand);
    await audit(tx, 'article-category.changed', { type: 'article-category', id }, { fields: Object.keys(input), ...(input.audience === undefined ? {} : { audience: input.audience }) });
    return answerCategory(tx, id);
  });
}

/** The category as it is once the brand's row is ours. */
export async function lockCategory(tx: ActionContext, uid: string): Promise<CategoryPlace> {
  const row = await ArticleCategory.query(tx.db).findOne({ uid }).forUpdate();
  if (row) await lockBrand(tx.db, row.brand_id);
  const place = await readCategory(tx, uid);
  tx.authorize('article.edit', place.category);
  return place;
}
