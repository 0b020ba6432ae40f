import type { KnowledgeApi, KnowledgeReader, ReadAudience } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { validate } from '../../kernel/http/validate.ts';
import { articleBody } from '../../shared/knowledge.ts';
import { readBrand, type Brand } from '../brands/index.ts';
import { findContact, readContact } from '../contacts/index.ts';
import { loadOperatorActor } from '../operators/index.ts';
import { audiencesOf } from '../retrieval/index.ts';
import { createArticle } from './create-article.ts';
import { rateAsReader } from './reader/rate-as-reader.ts';
import { listReaderCategories } from './reader/reader-categories.ts';
import { readReaderArticle } from './reader/read-reader-article.ts';
import { searchReaderArticles } from './reader/search-reader-articles.ts';
import type { ReaderScope } from './reader/visible-texts.ts';

/** The part of `ctx.knowledge` that speaks of articles. */
export type PluginArticles = Pick<KnowledgeApi, 'articles' | 'article' | 'categories' | 'rateArticle' | 'draftArticle'>;

/** Articles for plugins. What a reader may see follows from who they are; a plugin cannot ask for more. */
export function createPluginArticles(as: () => ActionContext): PluginArticles {
  const scopeOf = async (ctx: ActionContext, input: { brandId: string; for: KnowledgeReader; locale: string }): Promise<ReaderScope> => {
    const brand = await readBrand(ctx.db, input.brandId);
    return { brand, audiences: await audiencesIn(ctx, brand, input.for), locale: input.locale };
  };
  return {
    async categories(input) {
      const ctx = as();
      return listReaderCategories(ctx, await scopeOf(ctx, input));
    },
    async articles({ query, category, limit, cursor, ...input }) {
      const ctx = as();
      return searchReaderArticles(ctx, { ...await scopeOf(ctx, input), query, category, limit, cursor });
    },
    async article({ slug, ...input }) {
      const ctx = as();
      const found = await readReaderArticle(ctx, { ...await scopeOf(ctx, input), slug });
      if (!found) return null;
      const { id, title, summary, html, locale, category, url, publishedAt, updatedAt, related, locales, rating } = found;
      return { id, slug: found.slug, title, summary, html, locale, category, url, publishedAt, updatedAt, related, locales, rating };
    },
    async rateArticle({ brandId, contactId, slug, rating }) {
      const ctx = as();
      const contact = await readContact(ctx.db, contactId);
      const scope = await scopeOf(ctx, { brandId, for: { contactId: contact.uid }, locale: contact.locale ?? '' });
      await rateAsReader(ctx, { ...scope, slug, rating, reader: { contactId: contact.id } });
    },
    async draftArticle({ brandId, locale, title, body, audience, categoryId }) {
      const input = validate(articleBody, { brandId, locale, title, body, audience, categoryId: categoryId ?? null }, 'body');
      const { id } = await createArticle(as(), input, 'article.draft');
      return { id };
    },
  };
}

/** What the reader may see in this brand: customers and colleagues of another one see what everybody sees. */
export async function audiencesIn(ctx: ActionContext, brand: Brand, reader: KnowledgeReader): Promise<readonly ReadAudience[]> {
  return await isOfBrand(ctx, brand, reader) ? audiencesOf(ctx.kernel, reader) : ['public'];
}

async function isOfBrand(ctx: ActionContext, brand: Brand, reader: KnowledgeReader): Promise<boolean> {
  if (reader === 'public') return true;
  if ('contactId' in reader) return (await findContact(ctx.db, reader.contactId))?.brand_id === brand.id;
  const operator = await loadOperatorActor(ctx.kernel, reader.operatorId);
  return operator !== null && (operator.brandIds === 'all' || operator.brandIds.has(brand.id));
}
