import type { ArticleHit, CategoryView } from '@plugboard/sdk';
import { html, type Markup } from '../../../kernel/html/markup.ts';
import type { Crumb } from '../page.ts';
import type { Visit } from '../visit.ts';
import { categoryIcon, icon } from './icons.ts';
import { marked } from './marked.ts';

/** Categories as cards, each with what is in it. */
export const categoryCards = ({ t, links }: Visit, categories: readonly CategoryView[]): Markup => html`
<ul class="cards">${categories.map(({ slug, name, description, icon: picture, articleCount }) => html`
  <li class="card">
    <span class="badge">${categoryIcon(picture)}</span>
    <h3 dir="auto"><a href="${links.category(slug)}">${name}</a></h3>
    ${description && html`<p class="about" dir="auto">${description}</p>`}
    <p class="count">${t('count', { count: articleCount })}</p>
  </li>`)}
</ul>`;

/** Articles, one below the other. `withPlace` tells of each in which category it lies. */
export const articleList = ({ links, scope }: Visit, articles: readonly ArticleHit[], { withPlace = false, level = 2 as 2 | 3 } = {}): Markup => html`
<ul class="articles">${articles.map(({ slug, title, excerpt, category, locale }) => {
  const name = html`<a href="${links.article(slug)}">${marked(title)}</a>`;
  const language = locale === scope.locale ? '' : html` lang="${locale}"`;
  return html`
  <li${language}>
    ${withPlace && category && html`<p class="place" dir="auto">${category.name}</p>`}
    ${level === 2 ? html`<h2 dir="auto">${name}</h2>` : html`<h3 dir="auto">${name}</h3>`}
    ${excerpt && html`<p class="about" dir="auto">${marked(excerpt)}</p>`}
  </li>`;
})}
</ul>`;

/** The way from the help centre's first page to what stands above this one. */
export const crumbTrail = ({ t }: Visit, crumbs: readonly Crumb[]): Markup => html`
<nav class="crumbs" aria-label="${t('breadcrumb')}"><ol>${crumbs.map(({ name, href }) => html`<li><a href="${href}"><bdi>${name}</bdi></a>${icon('next')}</li>`)}</ol></nav>`;

/** The same for search engines; the page itself comes last. */
export const crumbFacts = (crumbs: readonly { name: string; url: string }[]): object => ({
  '@context': 'https://schema.org', '@type': 'BreadcrumbList',
  itemListElement: crumbs.map(({ name, url }, index) => ({ '@type': 'ListItem', position: index + 1, name, item: url })),
});

export const nextPage = ({ t }: Visit, next: string | null, first: string | null): Markup => html`${(next ?? first) && html`
<p class="pages">${first && html`<a class="quiet" href="${first}">${t('fromStart')}</a>`}${next && html`<a class="button" rel="next" href="${next}">${t('more')}</a>`}</p>`}`;
