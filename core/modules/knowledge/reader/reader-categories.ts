import type { CategoryView } from '@plugboard/sdk';
import type { ActionContext } from '../../../kernel/context.ts';
import { readTree } from '../article.queries.ts';
import type { ArticleCategory } from '../category.model.ts';
import { textsIn } from '../category.presenter.ts';
import { CategoryTree } from '../category-tree.ts';
import { nearest, visibleTexts, type ReaderScope } from './visible-texts.ts';

export interface ReaderShelf { tree: CategoryTree; nameOf(category: ArticleCategory): { name: string; description: string } }

/** The categories that a reader may see: what lies in a narrower one is not there for them. */
export async function readShelf(ctx: ActionContext, scope: ReaderScope): Promise<ReaderShelf> {
  const whole = await readTree(ctx.db, scope.brand.id);
  return {
    tree: new CategoryTree(whole.all().filter(({ id }) => scope.audiences.includes(whole.reach(id)))),
    nameOf(category) {
      const texts = Object.entries(textsIn(category)).map(([locale, text]) => ({ locale, ...text }));
      const text = nearest(texts, scope, texts[0]?.locale ?? '');
      return { name: text?.name ?? category.slug, description: text?.description ?? '' };
    },
  };
}

/** Categories with something to read in them, each followed by what lies in it. `articleCount` counts that too. */
export async function listReaderCategories(ctx: ActionContext, scope: ReaderScope): Promise<CategoryView[]> {
  const { tree, nameOf } = await readShelf(ctx, scope);
  const rows = (await visibleTexts(ctx.db, scope).groupBy('a.category_id').select('a.category_id').countDistinct({ count: 'a.id' })) as { category_id: number | null; count: number }[];
  const direct = new Map(rows.map(({ category_id, count }) => [category_id, Number(count)]));
  const count = (id: number): number => tree.below(id).reduce((sum, row) => sum + (direct.get(row.id) ?? 0), 0);
  const walk = (id: number | null): ArticleCategory[] => tree.children(id).flatMap((row) => [row, ...walk(row.id)]);
  return walk(null).map((row) => ({
    id: row.uid, slug: row.slug, ...nameOf(row), icon: row.icon, parentSlug: tree.get(row.parent_id)?.slug ?? null, articleCount: count(row.id),
  })).filter(({ articleCount }) => articleCount > 0);
}

/** A category as articles name it, where the reader may see it. */
export function categoryRef({ tree, nameOf }: ReaderShelf, id: number | null): { slug: string; name: string } | null {
  const category = tree.get(id);
  return category ? { slug: category.slug, name: nameOf(category).name } : null;
}

/** Row ids of a category and of everything in it; null when the reader sees no such category. */
export function idsIn({ tree }: ReaderShelf, slug: string, withBelow: boolean): number[] | null {
  const category = tree.all().find((row) => row.slug === slug);
  if (!category) return null;
  return withBelow ? tree.below(category.id).map(({ id }) => id) : [category.id];
}
