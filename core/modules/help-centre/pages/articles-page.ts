import { html } from '../../../kernel/html/markup.ts';
import { searchReaderArticles } from '../../knowledge/index.ts';
import type { Page } from '../page.ts';
import { articleList, categoryCards, crumbTrail, nextPage } from '../parts/lists.ts';
import { askBox, searchForm } from '../parts/search-form.ts';
import type { Visit } from '../visit.ts';

const atOnce = 50;
const mostFound = 20;

/** Every article, page by page. */
export async function articlesPage(visit: Visit, cursor: string | undefined): Promise<Page> {
  const { ctx, scope, links, t, brand } = visit;
  const { data, nextCursor } = await searchReaderArticles(ctx, { ...scope, limit: atOnce, cursor });
  const main = html`
<div class="page">
  ${crumbTrail(visit, [{ name: t('helpCentre'), href: links.home() }])}
  <header class="title"><h1>${t('allArticles')}</h1></header>
  ${articleList(visit, data, { withPlace: true })}
  ${nextPage(visit, nextCursor && links.articles({ cursor: nextCursor }), cursor === undefined ? null : links.articles())}
  ${askBox(visit)}
</div>`;
  return {
    view: 'list', title: t('allArticles'), description: t('description', { brand: brand.name }), main, path: cursor === undefined ? '/articles' : null,
    inLanguage: (locale) => links.inLanguage(locale, '/articles'),
  };
}

/** What fits a reader's words. */
export async function searchPage(visit: Visit, query: string): Promise<Page> {
  const { ctx, scope, links, t } = visit;
  const { data } = await searchReaderArticles(ctx, { ...scope, query, limit: mostFound });
  const topics = data.length > 0 ? [] : (await visit.categories()).filter(({ parentSlug }) => parentSlug === null);
  const main = html`
<div class="page">
  ${crumbTrail(visit, [{ name: t('helpCentre'), href: links.home() }])}
  ${searchForm(visit, { size: 'large', query })}
  <header class="title">${data.length > 0
    ? html`<h1 dir="auto">${t('search.heading', { query })}</h1><p class="count">${t('search.found', { count: data.length })}</p>`
    : html`<h1 dir="auto">${t('search.none', { query })}</h1><p class="lead">${t('search.noneText')}</p>`}</header>
  ${data.length > 0 && articleList(visit, data, { withPlace: true })}
  ${topics.length > 0 && html`<section aria-labelledby="topics"><h2 id="topics">${t('topics')}</h2>${categoryCards(visit, topics)}</section>`}
  ${askBox(visit)}
</div>`;
  return {
    view: 'search', title: t('search.title', { query }), description: t('search.heading', { query }), main, path: null,
    inLanguage: (locale) => links.inLanguage(locale, '/articles', { q: query }),
  };
}
