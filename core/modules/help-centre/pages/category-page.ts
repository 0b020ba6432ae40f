import type { CategoryView } from '@plugboard/sdk';
import { html } from '../../../kernel/html/markup.ts';
import { searchReaderArticles } from '../../knowledge/index.ts';
import type { Page } from '../page.ts';
import { articleList, categoryCards, crumbFacts, crumbTrail, nextPage } from '../parts/lists.ts';
import { askBox } from '../parts/search-form.ts';
import type { Visit } from '../visit.ts';

const atOnce = 50;

/** One topic: the topics in it, then its own articles. Null where the reader sees no such topic. */
export async function categoryPage(visit: Visit, slug: string, cursor: string | undefined): Promise<Page | null> {
  const { ctx, scope, links, t, brand, locale } = visit;
  const categories = await visit.categories();
  const category = categories.find((one) => one.slug === slug);
  if (!category) return null;
  const inside = categories.filter(({ parentSlug }) => parentSlug === slug);
  const articles = await searchReaderArticles(ctx, { ...scope, category: slug, withBelow: false, limit: atOnce, cursor });
  const above = pathTo(categories, category).slice(0, -1);
  const main = html`
<div class="page">
  ${crumbTrail(visit, [{ name: t('helpCentre'), href: links.home() }, ...above.map((one) => ({ name: one.name, href: links.category(one.slug) }))])}
  <header class="title"><h1 dir="auto">${category.name}</h1>${category.description && html`<p class="lead" dir="auto">${category.description}</p>`}<p class="count">${t('count', { count: category.articleCount })}</p></header>
  ${inside.length > 0 && cursor === undefined && html`<section class="inside" aria-labelledby="topics"><h2 id="topics" class="hidden">${t('topics')}</h2>${categoryCards(visit, inside)}</section>`}
  ${articles.data.length > 0 && articleList(visit, articles.data)}
  ${nextPage(visit, articles.nextCursor && links.category(slug, { cursor: articles.nextCursor }), cursor === undefined ? null : links.category(slug))}
  ${askBox(visit)}
</div>`;
  const path = `/categories/${slug}`;
  return {
    view: 'list', title: category.name, description: category.description || t('description', { brand: brand.name }), main, path: cursor === undefined ? path : null,
    inLanguage: (language) => links.inLanguage(language, path),
    facts: [crumbFacts([{ name: t('helpCentre'), url: links.whole('', locale) }, ...[...above, category].map((one) => ({ name: one.name, url: links.whole(`/categories/${one.slug}`, locale) }))])],
  };
}

/** A category and those above it, outermost first. */
function pathTo(categories: readonly CategoryView[], category: CategoryView): CategoryView[] {
  const path = [category];
  for (let at: CategoryView | undefined = category; at?.parentSlug != null && path.length < 10;) {
    const { parentSlug }: CategoryView = at;
    at = categories.find(({ slug }) => slug === parentSlug);
    if (at) path.unshift(at);
  }
  return path;
}
