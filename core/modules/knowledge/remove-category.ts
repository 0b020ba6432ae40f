import type { ActionContext } from '../../kernel/context.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { audit } from '../audit/index.ts';
import { ArticleCategory } from './category.model.ts';
import { categoryNamed } from './category.queries.ts';
import { refuseWrongParent } from './place-category.ts';
import { settleReach } from './settle-reach.ts';
import { lockCategory } from './update-category.ts';

/** Removes an empty category; one that is not empty only with a place for what lies in it. No article is ever lost. */
export async function removeCategory(ctx: ActionContext, input: { id: string; moveTo?: string | undefined }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { category, brand, tree } = await lockCategory(tx, input.id);
    const children = tree.children(category.id);
    const [row] = await tx.db('articles').where({ category_id: category.id }).count({ count: '*' });
    const articles = Number(row?.count ?? 0);
    if (input.moveTo === undefined) {
      if (articles > 0 || children.length > 0) throw conflict('category_in_use', { articles, categories: children.length });
    } else {
      const target = categoryNamed(tree, input.moveTo, 'moveTo');
      if (tree.below(category.id).some(({ id }) => id === target.id)) throw invalid('moveTo', 'category_in_itself');
      for (const child of children) refuseWrongParent(tree, target, child, 'moveTo');
      const position = tree.children(target.id).length;
      for (const [index, child] of children.entries()) await ArticleCategory.query(tx.db).findById(child.id).patch({ parent_id: target.id, position: position + index });
      await tx.db('articles').where({ category_id: category.id }).update({ category_id: target.id, version: tx.db.raw('version + 1'), updated_at: tx.now });
    }
    await ArticleCategory.query(tx.db).deleteById(category.id);
    if (input.moveTo !== undefined) await settleReach(tx, brand);
    await audit(tx, 'article-category.removed', { type: 'article-category', id: input.id }, { slug: category.slug, movedTo: input.moveTo ?? null });
  });
}
