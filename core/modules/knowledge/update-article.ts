import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import type { ArticleDto, ArticlePatch } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { Brand } from '../brands/index.ts';
import { Article, type ArticleText } from './article.model.ts';
import { presentArticle } from './article.presenter.ts';
import { lockArticle, pickText, textsOf } from './article.queries.ts';
import { cleanTags, knownArticles, placeOf } from './create-article.ts';
import { indexArticle } from './index-article.ts';
import { addText, changeText, type TextInput } from './write-text.ts';

/** Changes what is given of the article and of its text in one language. */
export async function updateArticle(ctx: ActionContext, { id, version, locale, ...input }: ArticlePatch & { id: string }): Promise<ArticleDto> {
  return ctx.transaction(async (tx) => {
    const article = await lockArticle(tx, id);
    tx.authorize('article.edit', article);
    const texts = await textsOf(tx.db, article.id);
    const shown = pickText(article, texts, locale);
    if (version !== undefined && version !== article.version + shown.version) throw conflict('stale', { article: await presentArticle(tx, article, locale) });
    const shared = await sharedChange(tx, article, input);
    const text = texts.find((candidate) => candidate.locale === (locale ?? shown.locale));
    const written = text ? await changeText(tx, text, textOf(input)) : await addText(tx, article, locale ?? article.first_locale, textOf(input));
    const fields = Object.keys(shared).length > 0 || written ? Object.keys(input) : [];
    if (fields.length === 0) return presentArticle(tx, article, shown.locale);
    const changed = await touch(tx, article, shared);
    await follow(tx, changed, { before: texts, written, isShared: Object.keys(shared).length > 0 });
    const { title, status, locale: language } = written ?? shown;
    await audit(tx, 'article.changed', { type: 'article', id }, { title, locale: language, status, fields });
    return presentArticle(tx, changed, language);
  });
}

const textOf = ({ title, body, summary, slug, status, publishAt }: ArticlePatch): TextInput => Object.fromEntries(
  Object.entries({ title, body, summary, slug, status, publishAt }).filter(([, value]) => value !== undefined));

type Shared = Partial<Pick<Article, 'audience' | 'reach' | 'category_id' | 'is_pinned' | 'tags' | 'related'>>;

/** What is different of that which the languages share. */
async function sharedChange(tx: ActionContext, article: Article, input: ArticlePatch): Promise<Shared> {
  const wanted: Shared = {};
  if (input.audience !== undefined || input.categoryId !== undefined) {
    const categoryUid = input.categoryId === undefined ? await uidOf(tx, article.category_id) : input.categoryId;
    const place = await placeOf(tx, { id: article.brand_id }, { categoryId: categoryUid, audience: input.audience ?? article.audience });
    Object.assign(wanted, { audience: input.audience ?? article.audience, category_id: place.categoryId, reach: place.reach });
  }
  if (input.isPinned !== undefined) wanted.is_pinned = input.isPinned ? 1 : 0;
  if (input.tags !== undefined) wanted.tags = JSON.stringify(cleanTags(input.tags));
  if (input.relatedIds !== undefined) wanted.related = JSON.stringify(await knownArticles(tx, article.brand_id, input.relatedIds, article.uid));
  return Object.fromEntries(Object.entries(wanted).filter(([column, value]) => article[column as keyof Shared] !== value));
}

async function uidOf(tx: ActionContext, categoryId: number | null): Promise<string | null> {
  const row = categoryId === null ? undefined : await tx.db<{ id: number; uid: string }>('article_categories').where({ id: categoryId }).first('uid');
  return row?.uid ?? null;
}

export async function touch(tx: ActionContext, article: Article, shared: Shared = {}): Promise<Article> {
  const change = { ...shared, version: article.version + (Object.keys(shared).length > 0 ? 1 : 0), updated_at: tx.now };
  await Article.query(tx.db).findById(article.id).patch(change);
  return Object.assign(new Article(), article, change);
}

/** The index follows what was published or is now. A draft that stays one is none of its business. */
export async function follow(tx: ActionContext, article: Article, change: { before: readonly ArticleText[]; written: ArticleText | null; isShared: boolean }): Promise<void> {
  const { written, before } = change;
  const earlier = before.find((text) => text.id === written?.id);
  const concerned = (change.isShared ? before.filter((text) => text.id !== written?.id && text.status === 'published') : []);
  if (written && (written.status === 'published' || earlier?.status === 'published')) concerned.push(written);
  if (concerned.length === 0) return;
  const brand = await Brand.query(tx.db).findById(article.brand_id);
  if (brand) await indexArticle(tx, brand, article, concerned);
}
