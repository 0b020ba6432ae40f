import { encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { articleBody, articleListQuery, articlePatch, articlePreviewBody, articleQuery } from '../../shared/knowledge.ts';
import { idParams } from '../../shared/primitives.ts';
import { presentArticle, presentArticles } from './article.presenter.ts';
import { readArticle, selectArticles } from './article.queries.ts';
import { createArticle } from './create-article.ts';
import { removeArticle } from './remove-article.ts';
import { renderBody } from './render-body.ts';
import { updateArticle } from './update-article.ts';

const tag = 'knowledge';
const path = '/api/v1/articles';
/** A body of 200 000 letters in any script, as JSON. */
const bodyBytes = 1024 * 1024;
const example = { title: 'Returning an item', body: 'Send it back within **30 days**.\n\n> [!tip]\n> Keep the box.', locale: 'en', status: 'published', audience: 'public', categoryId: null, tags: ['returns'] };

export const articleRoutes = [
  defineRoute({
    method: 'get', path, tag, summary: 'Articles, the ones changed last first', access: { policy: 'article.view' },
    description: 'Drafts too. Each is shown with its text in `locale`, else with its first one; `q` looks for every word in titles, summaries and texts.',
    query: articleListQuery,
    async handle({ ctx, query }) {
      const found = toPage(await selectArticles(ctx, query), query.limit, ({ article }) => encodeCursor('articles', [article.updated_at, article.id]));
      return { body: { data: await presentArticles(ctx, found.rows), nextCursor: found.nextCursor } };
    },
  }),
  defineRoute({
    method: 'get', path: `${path}/:id`, tag, summary: 'One article with its text in one language', access: { policy: 'article.view' },
    description: 'The text in `locale` where there is one, else the first one: the answer says which it is.',
    params: idParams, query: articleQuery,
    handle: async ({ ctx, params, query }) => ({ body: await presentArticle(ctx, await readArticle(ctx, params.id), query.locale) }),
  }),
  defineRoute({
    method: 'post', path, tag, summary: 'Write an article', access: { policy: 'article.edit' },
    description: 'The body is Markdown. Without a locale the text is in the brand\'s language, without a slug its address is made from the title. `scheduled` needs `publishAt`.',
    body: articleBody, bodyBytes, example,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createArticle(ctx, body) }),
  }),
  defineRoute({
    method: 'patch', path: `${path}/:id`, tag, summary: 'Change an article', access: { policy: 'article.edit' },
    description: 'What is left out stays. `locale` says which text is meant, the first one unless told; one that is not there is added and needs a title. With a `version` that is not the present one: 409 `stale` with the article as it is.',
    params: idParams, body: articlePatch, bodyBytes, example: { version: 3, locale: 'de', title: 'Einen Artikel zurückgeben', status: 'published' },
    handle: async ({ ctx, params, body }) => ({ body: await updateArticle(ctx, { ...body, ...params }) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id`, tag, summary: 'Remove an article in all its languages', access: { policy: 'article.edit' },
    description: 'With its revisions, files and ratings. Nothing of it is found any more.',
    params: idParams,
    async handle({ ctx, params }) {
      await removeArticle(ctx, params);
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/preview`, tag, summary: 'A text as readers would see it', access: { policy: 'article.view' },
    description: 'Nothing is saved. The HTML is what the help centre shows.',
    params: idParams, body: articlePreviewBody, bodyBytes, example: { body: '## Before you start\n\nHave your **order number** at hand.' },
    async handle({ ctx, params, body }) {
      const article = await readArticle(ctx, params.id);
      const { html } = await renderBody(ctx, article, body.body, body.locale ?? article.first_locale, false);
      return { status: 200, body: { html } };
    },
  }),
];
