import type { ActionContext } from '../../kernel/context.ts';
import type { Brand } from '../brands/index.ts';
import { indexDocument, removeDocument } from '../retrieval/index.ts';
import { articleAddress } from './article-address.ts';
import type { Article, ArticleText } from './article.model.ts';
import { strings } from './article.presenter.ts';

/** What answers are found in follows the articles in the same transaction: published texts are in, everything else is out. */
export async function indexArticle(tx: ActionContext, brand: Pick<Brand, 'id' | 'slug' | 'locale'>, article: Article, texts: readonly ArticleText[]): Promise<void> {
  for (const text of texts) {
    const { locale, title } = text;
    if (text.status !== 'published') {
      await removeDocument(tx, { kind: 'article', id: article.uid, locale });
      continue;
    }
    const url = article.reach === 'internal' ? null : articleAddress(tx.kernel, brand, text);
    await indexDocument(tx, {
      kind: 'article', id: article.uid, sourceId: null, brandId: brand.id, audience: article.reach, locale, title, url, tags: strings(article.tags),
      markdown: text.summary ? `${text.summary}\n\n${text.body}` : text.body,
    });
  }
}
