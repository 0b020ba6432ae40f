import type { ActionContext } from '../../kernel/context.ts';
import { selectBrands, type Brand } from '../brands/index.ts';
import { Article, ArticleText } from './article.model.ts';
import { indexArticle } from './index-article.ts';

const scope = 'knowledge';
const batch = 50;

/** The index knows where each article is. When the desk moves or a brand gets another slug or language, it is told anew. Answers how many articles. */
export async function followAddresses(ctx: ActionContext): Promise<number> {
  const brands = await selectBrands(ctx.db);
  const before = await ctx.kernel.settings.get<Record<string, string>>(scope, 'addresses') ?? {};
  const now = Object.fromEntries(brands.map((brand) => [brand.uid, `${ctx.kernel.config.publicUrl} ${brand.slug} ${brand.locale}`]));
  const moved = brands.filter((brand) => before[brand.uid] !== now[brand.uid]);
  if (moved.length === 0 && Object.keys(before).length === brands.length) return 0;
  let count = 0;
  for (const brand of moved) count += await indexBrand(ctx, brand);
  await ctx.kernel.settings.set(scope, { addresses: now });
  return count;
}

async function indexBrand(ctx: ActionContext, brand: Brand): Promise<number> {
  let count = 0;
  for (let after = 0; ;) {
    const from = after;
    const ids = await ctx.transaction(async (tx) => {
      const articles = await Article.query(tx.db).where({ brand_id: brand.id }).where('id', '>', from).orderBy('id').limit(batch).forUpdate();
      for (const article of articles) await indexArticle(tx, brand, article, await ArticleText.query(tx.db).where({ article_id: article.id, status: 'published' }));
      return articles.map(({ id }) => id);
    });
    count += ids.length;
    after = ids.at(-1) ?? 0;
    if (ids.length < batch) return count;
  }
}
