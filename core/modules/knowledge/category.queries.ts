import type { ActionContext } from '../../kernel/context.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import type { CategoryDto } from '../../shared/knowledge.ts';
import { readBrand, selectBrands, type Brand } from '../brands/index.ts';
import { readTree } from './article.queries.ts';
import { ArticleCategory } from './category.model.ts';
import { presentCategory } from './category.presenter.ts';
import type { CategoryTree } from './category-tree.ts';

/** Categories of a brand, or of all that the caller works for: brand by brand, each followed by what lies in it. */
export async function listCategories(ctx: ActionContext, brandId?: string): Promise<CategoryDto[]> {
  const brands = brandId === undefined ? await selectBrands(ctx.db) : [await readBrand(ctx.db, brandId)];
  const mine = brands.filter((brand) => ctx.can('article.view', { brand_id: brand.id }));
  if (mine.length === 0 && brandId !== undefined) throw notFound('brand');
  const lists = await Promise.all(mine.map(async (brand) => presentTree(ctx, brand, await readTree(ctx.db, brand.id))));
  return lists.flat();
}

async function presentTree(ctx: ActionContext, brand: Brand, tree: CategoryTree): Promise<CategoryDto[]> {
  const counts = await articleCounts(ctx, brand.id);
  const walk = (id: number | null): ArticleCategory[] => tree.children(id).flatMap((row) => [row, ...walk(row.id)]);
  return walk(null).map((row) => presentCategory(row, tree, brand, counts.get(row.id) ?? 0));
}

async function articleCounts(ctx: ActionContext, brandId: number): Promise<ReadonlyMap<number, number>> {
  const rows = (await ctx.db('articles').where({ brand_id: brandId }).whereNotNull('category_id').groupBy('category_id').select('category_id').count({ count: '*' })) as { category_id: number; count: number }[];
  return new Map(rows.map(({ category_id, count }) => [category_id, Number(count)]));
}

export interface CategoryPlace { category: ArticleCategory; brand: Brand; tree: CategoryTree }

/** A category that the caller may see, among the others of its brand. */
export async function readCategory(ctx: ActionContext, uid: string): Promise<CategoryPlace> {
  const category = await ArticleCategory.query(ctx.db).findOne({ uid });
  const brand = category && (await selectBrands(ctx.db)).find(({ id }) => id === category.brand_id);
  if (!category || !brand || !ctx.can('article.view', category)) throw notFound('category');
  return { category, brand, tree: await readTree(ctx.db, brand.id) };
}

export async function answerCategory(ctx: ActionContext, uid: string): Promise<CategoryDto> {
  const { category, brand, tree } = await readCategory(ctx, uid);
  return presentCategory(category, tree, brand, (await articleCounts(ctx, brand.id)).get(category.id) ?? 0);
}

/** The row of a category that another one names. */
export function categoryNamed(tree: CategoryTree, uid: string, path: string): ArticleCategory {
  const category = tree.all().find((row) => row.uid === uid);
  if (!category) throw invalid(path, 'unknown_category');
  return category;
}
