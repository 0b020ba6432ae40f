import type { ActionContext } from '../../kernel/context.ts';
import type { ArticleDto, ArticleStatus, ArticleSummary } from '../../shared/knowledge.ts';
import { Brand } from '../brands/index.ts';
import { articleAddress, fileAddress } from './article-address.ts';
import { ArticleFile, ArticleText, type Article } from './article.model.ts';
import { pickText, textsOf, type ArticleRow } from './article.queries.ts';

type TextRow = ArticleRow['text'];
interface Around {
  brands: ReadonlyMap<number, Brand>;
  categories: ReadonlyMap<number, string>;
  authors: ReadonlyMap<number, { id: string; name: string }>;
  texts: ReadonlyMap<number, Pick<ArticleText, 'id' | 'locale' | 'title' | 'slug' | 'status' | 'updated_at'>[]>;
  stats: ReadonlyMap<number, { views: number; up: number; down: number }>;
}

export const strings = (json: string): string[] => JSON.parse(json) as string[];
const isoOr = (time: number | null): string | null => (time === null ? null : new Date(Number(time)).toISOString());

/** Rows of the list, with what stands around them read in five statements. */
export async function presentArticles(ctx: ActionContext, rows: readonly ArticleRow[]): Promise<ArticleSummary[]> {
  const around = await readAround(ctx, rows.map(({ article }) => article));
  return rows.map(({ article, text }) => ({ ...common(ctx, article, text, around), hasBody: Number(text.has_body) === 1 }));
}

/** One article with its text in `locale`, else in its first language. */
export async function presentArticle(ctx: ActionContext, article: Article, locale?: string): Promise<ArticleDto> {
  const text = pickText(article, await textsOf(ctx.db, article.id), locale);
  const around = await readAround(ctx, [article]);
  const files = await ArticleFile.query(ctx.db).where({ article_id: article.id }).orderBy('id');
  return { ...common(ctx, article, { ...text, has_body: 1 } as unknown as TextRow, around), relatedIds: strings(article.related), body: text.body, attachments: files.map(presentFile) };
}

export const presentFile = (file: ArticleFile): ArticleDto['attachments'][number] => ({
  id: file.uid, name: file.name, type: file.type, size: Number(file.size), isImage: file.is_image === 1, url: fileAddress(file.uid),
});

async function readAround({ db }: ActionContext, articles: readonly Article[]): Promise<Around> {
  const ids = articles.map(({ id }) => id);
  const known = (column: 'category_id' | 'author_id'): number[] => [...new Set(articles.flatMap((article) => article[column] ?? []))];
  const brands = await Brand.query(db).whereIn('id', [...new Set(articles.map((article) => article.brand_id))]);
  const categories = (await db('article_categories').whereIn('id', known('category_id')).select('id', 'uid')) as { id: number; uid: string }[];
  const authors = (await db('operators').whereIn('id', known('author_id')).select('id', 'uid', 'name')) as { id: number; uid: string; name: string }[];
  const texts = await ArticleText.query(db).whereIn('article_id', ids).orderBy('id').select('id', 'article_id', 'locale', 'title', 'slug', 'status', 'updated_at');
  const stats = (await db('article_stats').whereIn('article_id', ids)) as { article_id: number; views: number; up: number; down: number }[];
  const byArticle = new Map<number, ArticleText[]>();
  for (const text of texts) byArticle.set(text.article_id, [...(byArticle.get(text.article_id) ?? []), text]);
  return {
    brands: new Map(brands.map((brand) => [brand.id, brand])),
    categories: new Map(categories.map((row) => [row.id, row.uid])),
    authors: new Map(authors.map((row) => [row.id, { id: row.uid, name: row.name }])),
    texts: byArticle,
    stats: new Map(stats.map((row) => [row.article_id, { views: Number(row.views), up: Number(row.up), down: Number(row.down) }])),
  };
}

function common(ctx: ActionContext, article: Article, text: TextRow, around: Around): Omit<ArticleSummary, 'hasBody'> {
  const brand = around.brands.get(article.brand_id);
  const stats = around.stats.get(article.id);
  const first = (candidate: { locale: string }): number => (candidate.locale === article.first_locale ? 0 : 1);
  const isShown = text.status === 'published' && article.reach !== 'internal' && brand !== undefined;
  return {
    id: article.uid, brandId: brand?.uid ?? '', categoryId: around.categories.get(article.category_id ?? 0) ?? null,
    audience: article.audience, effectiveAudience: article.reach, isPinned: article.is_pinned === 1, tags: strings(article.tags),
    locale: text.locale, title: text.title, slug: text.slug, summary: text.summary, status: text.status,
    publishAt: isoOr(text.publish_at), publishedAt: text.status === 'published' ? isoOr(text.published_at) : null,
    url: isShown ? articleAddress(ctx.kernel, brand, text) : null,
    translations: (around.texts.get(article.id) ?? []).toSorted((a, b) => first(a) - first(b) || a.id - b.id)
      .map(({ locale, title, slug, status, updated_at }) => ({ locale, title, slug, status: status as ArticleStatus, updatedAt: isoOr(updated_at) ?? '' })),
    rating: { up: stats?.up ?? 0, down: stats?.down ?? 0 }, views: stats?.views ?? 0,
    author: around.authors.get(article.author_id ?? 0) ?? null,
    version: article.version + text.version, createdAt: isoOr(article.created_at) ?? '', updatedAt: isoOr(article.updated_at) ?? '',
  };
}
