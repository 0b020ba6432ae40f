import type { ActionContext } from '../../kernel/context.ts';
import { fileAddress } from './article-address.ts';
import { ArticleFile, type Article } from './article.model.ts';
import { proofOf } from './file-proof.ts';
import { renderArticle, type RenderedArticle } from './render/render-article.ts';

/** A body as readers see it, operators who look at a draft too. `mark` puts a proof on the files of what is not for everybody. */
export async function renderBody(ctx: ActionContext, article: Pick<Article, 'id' | 'reach'>, body: string, locale: string, mark = true): Promise<RenderedArticle> {
  const own = new Set((await ArticleFile.query(ctx.db).where({ article_id: article.id }).select('uid')).map(({ uid }) => uid));
  const needsProof = mark && article.reach === 'signed-in';
  return renderArticle(body, {
    publicUrl: ctx.kernel.config.publicUrl,
    fileAddress: (uid) => (own.has(uid) ? fileAddress(uid, needsProof ? proofOf(ctx.kernel, uid, ctx.now) : undefined) : null),
    calloutTitle: (kind) => ctx.kernel.i18n.t(`common:callout.${kind}`, locale),
  });
}
