import { defineModule } from '../../kernel/module.ts';
import { articlePartRoutes } from './article-parts.routes.ts';
import { articleRoutes } from './articles.routes.ts';
import { categoryRoutes } from './categories.routes.ts';
import { knowledgePolicies } from './knowledge.policy.ts';
import { followAddresses } from './follow-addresses.ts';
import { publishDue } from './publish-due.ts';
import { writeViews } from './reader/count-view.ts';

export { audiencesIn, createPluginArticles, type PluginArticles } from './plugin-articles.ts';
export { createArticle } from './create-article.ts';
export { createCategory } from './create-category.ts';
export { followAddresses } from './follow-addresses.ts';
export { publishDue } from './publish-due.ts';
export { countView, writeViews } from './reader/count-view.ts';
export { rateAsReader, type RatingReader } from './reader/rate-as-reader.ts';
export { listReaderCategories } from './reader/reader-categories.ts';
export { readReaderArticle, type ReaderArticle } from './reader/read-reader-article.ts';
export { readerLanguages } from './reader/reader-languages.ts';
export { searchReaderArticles, type ReaderSearch } from './reader/search-reader-articles.ts';
export { articlesForFeed, articlesForSitemap, type FeedEntry, type SitemapEntry } from './reader/sitemap-feed.ts';
export type { ReaderScope } from './reader/visible-texts.ts';
export { excerptOf, plainTextOf } from './render/plain-text.ts';
export { renderArticle, type RenderedArticle } from './render/render-article.ts';

export const knowledgeModule = defineModule({
  id: 'knowledge',
  routes: [...articleRoutes, ...articlePartRoutes, ...categoryRoutes],
  policies: knowledgePolicies,
  start(kernel, context) {
    kernel.jobs.schedule('articles.publish', '* * * * *', async () => {
      await publishDue(context());
      await followAddresses(context());
    });
  },
  stop: writeViews,
});
