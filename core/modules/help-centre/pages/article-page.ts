import { html, trusted, type Markup } from '../../../kernel/html/markup.ts';
import { readReaderArticle, type ReaderArticle } from '../../knowledge/index.ts';
import type { Page } from '../page.ts';
import { icon } from '../parts/icons.ts';
import { crumbFacts, crumbTrail } from '../parts/lists.ts';
import { askBox } from '../parts/search-form.ts';
import { dayIn, languageName } from '../parts/spelling.ts';
import type { Visit } from '../visit.ts';

export type Rated = 'up' | 'down' | undefined;
/** The page; or where its article has gone, for good or because the reader's language has another address. Null for what the reader may not know of. */
export type ArticleAnswer = { page: Page; rowId: number } | { movedTo: string; isForGood: boolean } | null;

const fewestHeadings = 3;

export async function articlePage(visit: Visit, slug: string, rated: Rated): Promise<ArticleAnswer> {
  const { ctx, scope, links } = visit;
  const article = await readReaderArticle(ctx, { ...scope, slug });
  if (!article) return null;
  if (article.isMoved) return { movedTo: links.article(article.slug), isForGood: !article.alternates.some((one) => one.slug === slug) };
  const path = article.path.map((one) => ({ name: one.name, href: links.category(one.slug) }));
  const main = html`
<div class="page reading">
  ${crumbTrail(visit, [{ name: visit.t('helpCentre'), href: links.home() }, ...path])}
  ${text(visit, article)}
  <aside class="beside">${contents(visit, article, 'beside')}</aside>
  <div class="after">
    ${ratingBox(visit, article, rated)}
    ${article.related.length > 0 && html`<section class="related" aria-labelledby="related"><h2 id="related">${visit.t('article.related')}</h2>
      <ul>${article.related.map((one) => html`<li><a href="${links.article(one.slug)}">${icon('page')}<bdi>${one.title}</bdi></a></li>`)}</ul></section>`}
    ${askBox(visit)}
  </div>
</div>`;
  return { rowId: article.rowId, page: { view: 'article', title: article.title, description: article.summary, main, ...addresses(visit, article), ...aboutIt(visit, article) } };
}

function text({ t, locale, ctx }: Visit, article: ReaderArticle): Markup {
  const isForeign = article.locale.split('-')[0] !== locale.split('-')[0];
  const { i18n } = ctx.kernel;
  return html`<article>
    <header class="title"><h1 dir="auto" lang="${article.locale}">${article.title}</h1>
      <p class="count"><time datetime="${article.updatedAt}">${t('article.updated', { date: dayIn(locale, article.updatedAt) })}</time></p>
      ${isForeign && html`<p class="foreign">${t('article.translated', { language: languageName(locale, locale), other: languageName(article.locale, locale) })}</p>`}</header>
    ${contents({ t }, article, 'above')}
    <div class="article-text" lang="${article.locale}" dir="${i18n.direction(article.locale)}">${trusted(reachable(raised(article), t('article.table')))}</div>
  </article>`;
}

/** The outermost headings of a text, whatever its author began with: they follow the title at once. */
const outermost = ({ headings }: ReaderArticle): number => Math.min(...headings.map(({ level }) => level));

function raised(article: ReaderArticle): string {
  const by = outermost(article) - 2;
  return by > 0 && Number.isFinite(by) ? article.html.replace(/(<\/?h)([3-6])(?=[ >])/g, (_, begin: string, level: string) => begin + String(Number(level) - by)) : article.html;
}

/** What is wider than the page scrolls by keyboard too, and headings can be linked to. The sanitiser wrote this markup, so these tags are the only ones of their kind. */
const reachable = (sanitised: string, table: string): string => sanitised
  .replaceAll('<div class="table">', () => `<div class="table" role="region" tabindex="0" aria-label="${String(html`${table}`)}">`)
  .replaceAll('<pre>', '<pre tabindex="0">')
  .replace(/<h([23]) id="([^"<>]+)">([\s\S]*?)<\/h\1>/g, (_, level: string, id: string, words: string) => `<h${level} id="${id}">${words}<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1"></a></h${level}>`);

/** Of long articles: folded above the text on a phone, beside it where there is room. */
function contents({ t }: Pick<Visit, 't'>, article: ReaderArticle, place: 'above' | 'beside'): Markup | null {
  const first = outermost(article);
  const named = article.headings.filter(({ level, text: words }) => level <= first + 1 && words !== '');
  if (named.length < fewestHeadings) return null;
  const list = html`<ol>${named.map(({ id, text: words, level }) => html`<li class="${level === first ? 'main' : 'part'}"><a href="#${id}"><bdi>${words}</bdi></a></li>`)}</ol>`;
  return place === 'above'
    ? html`<details class="contents"><summary>${t('article.contents')}${icon('down')}</summary>${list}</details>`
    : html`<nav class="contents" aria-labelledby="contents"><h2 id="contents">${t('article.contents')}</h2>${list}</nav>`;
}

function ratingBox({ t, links }: Visit, { slug, title }: ReaderArticle, rated: Rated): Markup {
  const thanks = rated === undefined ? '' : t(rated === 'up' ? 'rating.thanksUp' : 'rating.thanksDown');
  return html`<section class="rating" data-rated="${rated}" data-up="${t('rating.thanksUp')}" data-down="${t('rating.thanksDown')}" data-failed="${t('rating.failed')}" id="rating" aria-labelledby="rate">
      <form method="post" action="${links.rating(slug)}"><h2 id="rate">${t('rating.question')}</h2>
        <div class="choices"><button class="button plain" name="rating" value="up">${icon('up')}${t('rating.yes')}</button><button class="button plain" name="rating" value="down">${icon('thumbDown')}${t('rating.no')}</button></div></form>
      <div class="thanks"><p role="status">${thanks}</p>
        <button class="button plain scripted" type="button" data-chat="${t('rating.opening', { title })}">${icon('chat')}${t('rating.words')}</button>
        <a class="quiet" href="${links.article(slug)}#rating">${t('rating.again')}</a></div>
    </section>`;
}

function addresses({ links }: Visit, article: ReaderArticle): Pick<Page, 'path' | 'canonical' | 'alternates' | 'inLanguage' | 'modified'> {
  return {
    path: `/articles/${article.slug}`, canonical: article.url, alternates: article.alternates, modified: new Date(article.updatedAt),
    inLanguage: (locale) => links.inLanguage(locale, `/articles/${article.alternates.find((one) => one.locale === locale)?.slug ?? article.slug}`),
  };
}

function aboutIt({ t, links, brand, locale }: Visit, article: ReaderArticle): Pick<Page, 'facts' | 'published' | 'pictures'> {
  const trail = [{ name: t('helpCentre'), url: links.whole('', locale) }, ...article.path.map((one) => ({ name: one.name, url: links.whole(`/categories/${one.slug}`, locale) })), { name: article.title, url: article.url }];
  const origins = [...article.html.matchAll(/<img [^>]*?src="(https:\/\/[^"]+)"/g)].map(([, source = '']) => URL.parse(source)?.origin ?? '').filter((origin) => /^https:\/\/[a-z0-9.:-]+$/i.test(origin));
  return {
    published: { at: article.publishedAt, changed: article.updatedAt },
    pictures: [...new Set(origins)].slice(0, 20),
    facts: [{
      '@context': 'https://schema.org', '@type': 'Article', headline: article.title, description: article.summary, inLanguage: article.locale, url: article.url,
      mainEntityOfPage: article.url, datePublished: article.publishedAt, dateModified: article.updatedAt, author: { '@type': 'Organization', name: brand.name }, publisher: { '@type': 'Organization', name: brand.name },
    }, crumbFacts(trail)],
  };
}
