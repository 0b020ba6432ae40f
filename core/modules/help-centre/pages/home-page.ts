import { html, type Markup } from '../../../kernel/html/markup.ts';
import { searchReaderArticles } from '../../knowledge/index.ts';
import type { Page } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { articleList, categoryCards } from '../parts/lists.ts';
import { marked } from '../parts/marked.ts';
import { askBox, searchForm } from '../parts/search-form.ts';
import type { Visit } from '../visit.ts';

const mostPinned = 6;
const mostWithoutTopics = 20;

/** The first page: the search, what is pinned, and the topics. A help centre without articles leads to the chat. */
export async function homePage(visit: Visit): Promise<Page> {
  const { ctx, scope, links, t, brand } = visit;
  const categories = await visit.categories();
  const pinned = (await visit.recent('pinned', () => searchReaderArticles(ctx, { ...scope, isPinned: true, limit: mostPinned }))).data;
  const top = categories.filter(({ parentSlug }) => parentSlug === null);
  const others = top.length > 0 ? null : await searchReaderArticles(ctx, { ...scope, limit: mostWithoutTopics });
  const isEmpty = others?.data.length === 0;
  const main = html`
<section class="hero"><div>
  <h1>${t('heading')}</h1>
  ${isEmpty ? html`<p class="lead">${t('lead')}</p><button class="button start scripted" type="button" data-chat>${icon('chat')}${t('start')}</button>` : searchForm(visit, { size: 'large' })}
</div></section>
<div class="page">
  ${isEmpty ? promises(visit) : html`
  ${top.length > 0 && pinned.length > 0 && html`<section aria-labelledby="pinned"><h2 id="pinned">${t('pinned')}</h2>
    <ul class="pinned">${pinned.map(({ slug, title }) => html`<li><a href="${links.article(slug)}">${icon('page')}<bdi>${marked(title)}</bdi></a></li>`)}</ul></section>`}
  ${top.length > 0 && html`<section aria-labelledby="topics"><h2 id="topics">${t('topics')}</h2>${categoryCards(visit, top)}
    <p class="pages"><a class="quiet" href="${links.articles()}">${t('allArticles')}${icon('next')}</a></p></section>`}
  ${others && html`<section aria-labelledby="articles"><h2 id="articles">${t('articles')}</h2>${articleList(visit, others.data, { level: 3 })}
    ${others.nextCursor && html`<p class="pages"><a class="quiet" href="${links.articles()}">${t('allArticles')}${icon('next')}</a></p>`}</section>`}
  ${askBox(visit)}`}
</div>`;
  const site = links.whole('', visit.locale);
  return {
    view: 'home', title: t('siteTitle', { brand: brand.name }), description: t('description', { brand: brand.name }), main, path: '',
    inLanguage: (locale) => links.inLanguage(locale, ''),
    facts: isEmpty ? [] : [{
      '@context': 'https://schema.org', '@type': 'WebSite', name: t('siteTitle', { brand: brand.name }), url: site, inLanguage: visit.locale,
      potentialAction: { '@type': 'SearchAction', target: { '@type': 'EntryPoint', urlTemplate: `${links.whole('/articles', brand.locale)}?q={words}` }, 'query-input': 'required name=words' },
    }],
  };
}

/** What a chat is good for, where there is nothing to read yet. */
const promises = ({ t }: Visit): Markup => html`<ul class="cards promises">${['anytime', 'thread', 'language'].map((name) =>
  html`<li class="card"><h2>${t(`${name}Title`)}</h2><p class="about">${t(`${name}Text`)}</p></li>`)}</ul>`;
