import { html, json, trusted, type Markup } from '../../../kernel/html/markup.ts';
import { inkOn } from '../../../shared/color.ts';
import type { Bundle } from '../bundle.ts';
import type { Page } from '../page.ts';
import type { Visit } from '../visit.ts';
import { icon } from './icons.ts';
import { searchForm } from './search-form.ts';
import { languageName } from './spelling.ts';

/** The brand's colour and the ink that can be read on it, as a style that the policy lets through by its hash. */
export function brandStyle(color: string): string {
  const safe = /^#[0-9a-f]{6}$/i.test(color) ? color : '#131a26';
  return `:root{--brand:${safe};--brand-ink:${inkOn(safe)}}`;
}

/** A whole page: what is around every one of them. */
export function frame(visit: Visit, page: Page, bundle: Bundle): Markup {
  const { brand, locale, direction, t, links } = visit;
  return html`<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>${head(visit, page, bundle)}</head>
<body class="${page.view}" data-brand="${brand.slug}" data-locale="${locale}" data-closed="${t('closed')}" data-failed="${t('failed')}">
<a class="skip" href="#content">${t('skip')}</a>
<header class="top">
  <a class="brand" href="${links.home()}"><span class="mark" aria-hidden="true">${[...brand.name][0]}</span><span dir="auto">${brand.name}</span></a>
  ${(page.view === 'list' || page.view === 'article') && searchForm(visit, { size: 'small' })}
  ${languageMenu(visit, page)}
</header>
<main id="content" tabindex="-1">${page.main}</main>
<footer><span dir="auto">${brand.name}</span><span>${t('poweredBy')}</span></footer>
</body>
</html>
`;
}

/** A page that belongs to no brand. */
export const nobodysFrame = ({ locale, direction, t }: Pick<Visit, 'locale' | 'direction' | 't'>, bundle: Bundle): Markup => html`<!doctype html>
<html lang="${locale}" dir="${direction}">
<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${t('missing.title')}</title>
<script>${trusted(bundle.early)}</script>
${bundle.styles.map((href) => html`<link rel="stylesheet" href="${href}">
`)}<link rel="icon" type="image/svg+xml" href="/portal/assets/icon.svg"></head>
<body class="notice"><main class="page"><header class="title"><h1>${t('missing.title')}</h1><p class="lead">${t('missing.plain')}</p></header></main></body>
</html>
`;

function head(visit: Visit, page: Page, bundle: Bundle): Markup {
  const { brand, locale, t, links } = visit;
  const canonical = canonicalOf(visit, page);
  const site = t('siteTitle', { brand: brand.name });
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.view === 'home' ? page.title : `${page.title} · ${brand.name}`}</title>
<style>${trusted(brandStyle(brand.color))}</style>
<script>${trusted(bundle.early)}</script>
${bundle.font !== null && visit.direction === 'ltr' && html`<link rel="preload" as="font" type="font/woff2" href="${bundle.font}" crossorigin>
`}${bundle.styles.map((href) => html`<link rel="stylesheet" href="${href}">
`)}<script type="module" src="${bundle.script}"></script>
<meta name="description" content="${page.description}">
<meta name="theme-color" content="${brand.color}">
<link rel="icon" type="image/svg+xml" href="/portal/assets/icon.svg">
<link rel="alternate" type="application/rss+xml" title="${t('feed', { brand: brand.name })}" href="${links.whole('/articles.rss', locale)}">
${canonical === null ? html`<meta name="robots" content="noindex, follow">` : html`<link rel="canonical" href="${canonical}">
${alternatesOf(visit, page).map(([language, url]) => html`<link rel="alternate" hreflang="${language}" href="${url}">
`)}<meta property="og:site_name" content="${site}">
<meta property="og:title" content="${page.title}">
<meta property="og:description" content="${page.description}">
<meta property="og:url" content="${canonical}">
<meta property="og:type" content="${page.published ? 'article' : 'website'}">
<meta property="og:locale" content="${locale.replace('-', '_')}">
<meta name="twitter:card" content="summary">
${page.published && html`<meta property="article:published_time" content="${page.published.at}">
<meta property="article:modified_time" content="${page.published.changed}">
`}`}${(page.facts ?? []).map((fact) => html`<script type="application/ld+json">${json(fact)}</script>
`)}`;
}

function canonicalOf({ links, locale }: Visit, page: Page): string | null {
  if (page.path === null) return null;
  return page.canonical ?? links.whole(page.path, locale);
}

/** Each language with its address, and the brand's own for everybody else. */
function alternatesOf({ links, brand, languages }: Visit, page: Page): [string, string][] {
  const { path } = page;
  const all = page.alternates ?? (path === null ? [] : languages.map((locale) => ({ locale, url: links.whole(path, locale) })));
  if (all.length < 2) return [];
  const main = all.find(({ locale }) => locale === brand.locale) ?? all[0];
  return [...all.map(({ locale, url }): [string, string] => [locale, url]), ...(main ? [['x-default', main.url] as [string, string]] : [])];
}

function languageMenu({ t, languages, locale, scope, isChosen }: Visit, page: Page): Markup {
  const current = isChosen && languages.includes(scope.locale) ? scope.locale : locale;
  return html`<details class="languages">
  <summary aria-label="${t('language')}: ${languageName(current)}">${icon('globe')}<span>${languageName(current)}</span>${icon('down')}</summary>
  <ul>${languages.map((language) => html`<li><a href="${page.inLanguage(language)}" lang="${language}" hreflang="${language}" dir="auto"${language === current ? html` aria-current="true"` : ''}>${languageName(language)}</a></li>`)}</ul>
</details>`;
}
