import type { ActionContext } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { audit } from '../audit/index.ts';
import { removeDocument } from '../retrieval/index.ts';
import { Article, ArticleFile, ArticleRevision, ArticleText } from './article.model.ts';
import { lockArticle, textsOf } from './article.queries.ts';
import { touch } from './update-article.ts';

/** Removes an article in all its languages, with everything that belongs to it. */
export async function removeArticle(ctx: ActionContext, input: { id: string }): Promise<void> {
  const files = await ctx.transaction(async (tx) => {
    const article = await lockArticle(tx, input.id);
    tx.authorize('article.edit', article);
    const texts = await textsOf(tx.db, article.id);
    const kept = await ArticleFile.query(tx.db).where({ article_id: article.id });
    await removeDocument(tx, { kind: 'article', id: article.uid });
    for (const table of ['article_texts', 'article_revisions', 'article_files', 'article_slugs', 'article_ratings', 'article_stats']) await tx.db(table).where({ article_id: article.id }).delete();
    await Article.query(tx.db).deleteById(article.id);
    await audit(tx, 'article.removed', { type: 'article', id: article.uid }, { title: texts.find(({ locale }) => locale === article.first_locale)?.title ?? '' });
    return kept;
  });
  // Rows first: a file without a row is only wasted space.
  for (const { file_key } of files) await ctx.kernel.files.remove(file_key).catch((error: unknown) => ctx.log.warn({ err: error }, 'a file of a removed article could not be deleted'));
}

/** Takes one language away. The last one goes with the article. */
export async function removeText(ctx: ActionContext, input: { id: string; locale: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const article = await lockArticle(tx, input.id);
    tx.authorize('article.edit', article);
    const texts = await textsOf(tx.db, article.id);
    const text = texts.find(({ locale }) => locale === input.locale);
    if (!text) throw notFound('translation');
    const next = texts.find(({ id }) => id !== text.id);
    if (!next) throw conflict('last_translation');
    await removeDocument(tx, { kind: 'article', id: article.uid, locale: text.locale });
    await ArticleText.query(tx.db).deleteById(text.id);
    await ArticleRevision.query(tx.db).where({ article_id: article.id, locale: text.locale }).delete();
    await tx.db('article_slugs').where({ article_id: article.id, locale: text.locale }).delete();
    const first_locale = article.first_locale === text.locale ? next.locale : article.first_locale;
    // Whoever has a language open, this one too, is told that something is different.
    await Article.query(tx.db).findById((await touch(tx, article)).id).patch({ first_locale, version: article.version + text.version + 1 });
    await audit(tx, 'article.translation-removed', { type: 'article', id: article.uid }, { title: text.title, locale: text.locale });
  });
}
