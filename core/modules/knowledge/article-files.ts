import type { ActionContext } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import type { RouteResult } from '../../kernel/http/route.ts';
import { newId } from '../../kernel/ids.ts';
import type { ArticleDto } from '../../shared/knowledge.ts';
import { safeFileName } from '../attachments/index.ts';
import { audit } from '../audit/index.ts';
import { Article, ArticleFile } from './article.model.ts';
import { presentFile } from './article.presenter.ts';
import { readArticle } from './article.queries.ts';
import { isProved } from './file-proof.ts';

const mostFiles = 200;

/** Takes in a picture or file for an article. */
export async function addFile(ctx: ActionContext, input: { id: string; upload: { path: string; name: string } }): Promise<ArticleDto['attachments'][number]> {
  const article = await readArticle(ctx, input.id);
  ctx.authorize('article.edit', article);
  if (await ArticleFile.query(ctx.db).where({ article_id: article.id }).resultSize() >= mostFiles) throw conflict('too_many_files', { max: mostFiles });
  const stored = await ctx.kernel.files.put(input.upload.path, input.upload.name);
  try {
    return await ctx.transaction(async (tx) => {
      // The article may have gone in the meantime.
      if (!(await Article.query(tx.db).findById(article.id).forUpdate())) throw notFound('article');
      const name = safeFileName(input.upload.name);
      const file = await ArticleFile.query(tx.db).insertAndFetch({
        uid: newId(), article_id: article.id, name, type: stored.type.slice(0, 150), size: stored.size, file_key: stored.key, is_image: stored.isImage ? 1 : 0, created_at: tx.now,
      });
      await audit(tx, 'article.file-added', { type: 'article', id: article.uid }, { name, size: stored.size });
      return presentFile(file);
    });
  } catch (error) {
    await ctx.kernel.files.remove(stored.key);
    throw error;
  }
}

export async function removeFile(ctx: ActionContext, input: { id: string; attachmentId: string }): Promise<void> {
  const article = await readArticle(ctx, input.id);
  ctx.authorize('article.edit', article);
  const file = await ArticleFile.query(ctx.db).findOne({ uid: input.attachmentId, article_id: article.id });
  if (!file) throw notFound('file');
  await ctx.transaction(async (tx) => {
    await ArticleFile.query(tx.db).deleteById(file.id);
    await audit(tx, 'article.file-removed', { type: 'article', id: article.uid }, { name: file.name });
  });
  await ctx.kernel.files.remove(file.file_key).catch((error: unknown) => ctx.log.warn({ err: error }, 'a file of an article could not be deleted'));
}

/**
 * A file on its way to a reader: while a published text that everybody may read uses it, or with the proof that the page of
 * such a text for signed-in people carries; to operators of the brand always.
 */
export async function openFile(ctx: ActionContext, input: { id: string; proof?: string | undefined; variant: 'inline' | 'download' }): Promise<RouteResult> {
  const file = await ArticleFile.query(ctx.db).findOne({ uid: input.id });
  const article = file && await Article.query(ctx.db).findById(file.article_id);
  if (!file || !article || !(await mayOpen(ctx, article, file, input.proof))) throw notFound('file');
  const content = await ctx.kernel.files.read(file.file_key);
  return { stream: { content, type: file.type, size: Number(file.size), name: file.name, isInline: input.variant === 'inline' && file.is_image === 1 } };
}

async function mayOpen(ctx: ActionContext, article: Article, file: ArticleFile, proof: string | undefined): Promise<boolean> {
  if (ctx.can('article.view', article)) return true;
  if (article.reach !== 'public' && !(article.reach === 'signed-in' && proof !== undefined && isProved(ctx.kernel, file.uid, proof, ctx.now))) return false;
  const used = await ctx.db('article_texts').where({ article_id: article.id, status: 'published' }).where('body', 'like', `%/article-files/${file.uid}%`).first('id');
  return used !== undefined;
}
