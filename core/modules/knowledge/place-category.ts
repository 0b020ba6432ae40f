import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { knowledgeLimits } from '../../shared/knowledge.ts';
import { ArticleCategory } from './category.model.ts';
import type { CategoryTree } from './category-tree.ts';

/** Three levels and no more, and nothing lies in itself. `height`: levels of what is put there. */
export function refuseWrongParent(tree: CategoryTree, parent: ArticleCategory | null, moved: ArticleCategory | null, path: string): void {
  if (parent && moved && tree.below(moved.id).some(({ id }) => id === parent.id)) throw invalid(path, 'category_in_itself');
  const depth = parent ? tree.path(parent.id).length : 0;
  if (depth + (moved ? tree.height(moved.id) : 1) > knowledgeLimits.categoryDepth) throw invalid(path, 'category_too_deep');
}

/** Puts a category at a place among those beside it; the others keep their order. */
export async function placeAmong(tx: ActionContext, beside: readonly ArticleCategory[], category: ArticleCategory, position: number): Promise<void> {
  const order = beside.filter(({ id }) => id !== category.id);
  order.splice(Math.min(position, order.length), 0, category);
  for (const [index, row] of order.entries()) {
    if (row.position !== index || row.id === category.id) await ArticleCategory.query(tx.db).findById(row.id).patch({ position: index });
  }
}
