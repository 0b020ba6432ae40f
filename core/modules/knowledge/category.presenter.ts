import type { CategoryDto } from '../../shared/knowledge.ts';
import type { Brand } from '../brands/index.ts';
import type { ArticleCategory, CategoryTexts } from './category.model.ts';
import type { CategoryTree } from './category-tree.ts';

export const textsIn = (category: Pick<ArticleCategory, 'texts'>): CategoryTexts => JSON.parse(category.texts) as CategoryTexts;

export function presentCategory(category: ArticleCategory, tree: CategoryTree, brand: Pick<Brand, 'uid' | 'locale'>, articleCount: number): CategoryDto {
  const texts = Object.entries(textsIn(category)).sort(([a], [b]) => Number(b === brand.locale) - Number(a === brand.locale));
  return {
    id: category.uid, brandId: brand.uid, parentId: tree.get(category.parent_id)?.uid ?? null, audience: category.audience, icon: category.icon,
    position: category.position, slug: category.slug, texts: Object.fromEntries(texts), articleCount,
  };
}
