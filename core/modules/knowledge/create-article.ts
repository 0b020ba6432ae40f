import type { ActionContext } from '../../kernel/context.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { ArticleBody, ArticleDto } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { brandRowIds, selectBrands, type Brand } from '../brands/index.ts';
import { Article } from './article.model.ts';
import { presentArticle } from './article.presenter.ts';
import { lockBrand, readTree } from './article.queries.ts';
import { narrowest } from './category-tree.ts';
import { indexArticle } from './index-article.ts';
import { addText, authorOf } from './write-text.ts';

/** Adds an article with its first text. */
export async function createArticle(ctx: ActionContext, input: ArticleBody, action: 'article.edit' | 'article.draft' = 'article.edit'): Promise<ArticleDto> {
  return ctx.transaction(async (tx) => {
    const brand = await lockBrand(tx.db, await brandFor(tx, input.brandId, action));
    tx.authorize(action, { brand_id: brand.id });
    const { categoryId, reach } = await placeOf(tx, brand, input);
    const locale = input.locale ?? brand.locale;
    const article = await Article.query(tx.db).insertAndFetch({
      uid: newId(), brand_id: brand.id, category_id: categoryId, audience: input.audience, reach, is_pinned: input.isPinned ? 1 : 0, tags: JSON.stringify(cleanTags(input.tags)),
      related: JSON.stringify(await knownArticles(tx, brand.id, input.relatedIds)), first_locale: locale, author_id: authorOf(tx), version: 0, created_at: tx.now, updated_at: tx.now,
    });
    await tx.db('article_stats').insert({ article_id: article.id, views: 0, up: 0, down: 0 });
    const text = await addText(tx, article, locale, input);
    if (text.status === 'published') await indexArticle(tx, brand, article, [text]);
    await audit(tx, 'article.created', { type: 'article', id: article.uid }, { title: text.title, locale, status: text.status, audience: article.audience, brandId: brand.uid });
    return presentArticle(tx, article, locale);
  });
}

/** The brand that is named, else the first one that the caller works for. */
export async function brandFor(ctx: ActionContext, uid: string | undefined, action: string): Promise<number> {
  if (uid !== undefined) return (await brandRowIds(ctx.db, [uid], 'brandId').catch(() => { throw invalid('brandId', 'unknown_brand'); }))[0] ?? 0;
  const brand = (await selectBrands(ctx.db)).find(({ id }) => ctx.can(action, { brand_id: id }));
  if (!brand) throw forbidden(action);
  return brand.id;
}

/** Row id of the category, and who can read what lies in it. */
export async function placeOf(tx: ActionContext, brand: Pick<Brand, 'id'>, input: Pick<ArticleBody, 'categoryId' | 'audience'>): Promise<{ categoryId: number | null; reach: Article['reach'] }> {
  if (input.categoryId === null) return { categoryId: null, reach: input.audience };
  const tree = await readTree(tx.db, brand.id);
  const category = tree.all().find(({ uid }) => uid === input.categoryId);
  if (!category) throw invalid('categoryId', 'unknown_category');
  return { categoryId: category.id, reach: narrowest(input.audience, tree.reach(category.id)) };
}

/** Each tag once, however it is spelled. */
export function cleanTags(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags.map((tag) => tag.replace(/\s+/g, ' ').trim()).filter((tag) => tag !== '' && !seen.has(tag.toLowerCase()) && seen.add(tag.toLowerCase()));
}

export async function knownArticles(tx: ActionContext, brandId: number, uids: readonly string[], except?: string): Promise<string[]> {
  const wanted = [...new Set(uids)].filter((uid) => uid !== except);
  const found = new Set((await Article.query(tx.db).whereIn('uid', wanted).where({ brand_id: brandId }).select('uid')).map(({ uid }) => uid));
  const missing = wanted.find((uid) => !found.has(uid));
  if (missing !== undefined) throw invalid(`relatedIds.${uids.indexOf(missing)}`, 'unknown_article');
  return wanted;
}
