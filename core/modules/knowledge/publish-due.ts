import type { ActionContext } from '../../kernel/context.ts';
import { audit } from '../audit/index.ts';
import { Article, ArticleText } from './article.model.ts';
import { lockBrand } from './article.queries.ts';
import { follow, touch } from './update-article.ts';

const batch = 100;

/** Publishes what was scheduled and whose time has come. Answers how many texts. */
export async function publishDue(ctx: ActionContext): Promise<number> {
  const due = await ArticleText.query(ctx.db).where({ status: 'scheduled' }).where('publish_at', '<=', ctx.now).orderBy('publish_at').limit(batch).select('id', 'article_id');
  let published = 0;
  for (const { id, article_id } of due) published += await publish(ctx, id, article_id) ? 1 : 0;
  return published;
}

/** Somebody may have changed their mind in the meantime. */
const publish = (ctx: ActionContext, id: number, articleId: number): Promise<boolean> => ctx.transaction(async (tx) => {
  const article = await Article.query(tx.db).findById(articleId).forUpdate();
  if (!article) return false;
  await lockBrand(tx.db, article.brand_id);
  const text = await ArticleText.query(tx.db).findById(id);
  if (text?.status !== 'scheduled' || text.publish_at === null || Number(text.publish_at) > tx.now) return false;
  const change = { status: 'published' as const, publish_at: null, published_at: text.published_at ?? Number(text.publish_at), version: text.version + 1, updated_at: tx.now };
  await ArticleText.query(tx.db).findById(id).patch(change);
  const written = Object.assign(new ArticleText(), text, change);
  await follow(tx, await touch(tx, article), { before: [text], written, isShared: false });
  await audit(tx, 'article.published', { type: 'article', id: article.uid }, { title: text.title, locale: text.locale });
  return true;
});
