import type { ActionContext } from '../../kernel/context.ts';
import type { Brand } from '../brands/index.ts';
import { Article, ArticleText } from './article.model.ts';
import { readTree } from './article.queries.ts';
import { narrowest } from './category-tree.ts';
import { indexArticle } from './index-article.ts';

/** After a change of categories: who can read each article of a brand, in its row and in the index. The brand's row is locked. */
export async function settleReach(tx: ActionContext, brand: Brand): Promise<void> {
  const tree = await readTree(tx.db, brand.id);
  for (const article of await Article.query(tx.db).where({ brand_id: brand.id }).forUpdate()) {
    const reach = narrowest(article.audience, tree.reach(article.category_id));
    if (reach === article.reach) continue;
    const change = { reach, version: article.version + 1, updated_at: tx.now };
    await Article.query(tx.db).findById(article.id).patch(change);
    const texts = await ArticleText.query(tx.db).where({ article_id: article.id, status: 'published' });
    await indexArticle(tx, brand, Object.assign(new Article(), article, change), texts);
  }
}
