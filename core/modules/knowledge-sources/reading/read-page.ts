import { Readability } from '@mozilla/readability';
import { load, type CheerioAPI } from 'cheerio';
import { parseHTML } from 'linkedom';
import { charsetOf, decodeText } from './decode-text.ts';
import { htmlMarkdown, plainOf, tidy } from './html-markdown.ts';
import { languageOf, localeTag } from './language.ts';
import type { ReadPage } from './reading.ts';

const mostLinks = 2_000;
/** What is around a text on every page of a site, and what no reader of a text needs. */
const furniture = 'script, style, noscript, template, iframe, object, embed, svg, canvas, video, audio, form, button, input, select, textarea, dialog, nav, aside, footer, [role=navigation], [role=banner], [role=contentinfo], [role=search], [role=dialog], [aria-hidden=true], [hidden], .sr-only, .visually-hidden, .cookie-banner, .breadcrumb, .breadcrumbs, .skip-link';

/** The text of a page: of its main part, without what is around it. */
export function readPage({ bytes, url, contentType }: { bytes: Uint8Array; url: string; contentType: string }): ReadPage {
  return pageOf(decodeText(bytes, charsetOf(contentType, bytes)), url);
}

export function pageOf(html: string, url: string): ReadPage {
  try {
    return readTree(html, url);
  } catch (error) {
    // Nested too deep to walk through.
    if (!(error instanceof RangeError)) throw error;
    const markdown = tidy(plainOf(html));
    return { title: clean(/<title[^>]*>([^<]{1,500})/i.exec(html)?.[1] ?? ''), locale: languageOf(markdown), isLocaleSaid: false, markdown, links: [], canonical: null, isNoindex: false, isNofollow: false };
  }
}

function readTree(html: string, url: string): ReadPage {
  const $ = load(html);
  const base = absolute($('base[href]').attr('href'), url) ?? url;
  const robots = $('meta[name="robots" i], meta[name="plugboard" i]').map((_, meta) => $(meta).attr('content') ?? '').get().join(',').toLowerCase();
  const isNone = /\bnone\b/.test(robots);
  const head = {
    links: linksOf($, base), canonical: absolute($('link[rel~="canonical" i]').attr('href'), base),
    isNoindex: isNone || robots.includes('noindex'), isNofollow: isNone || robots.includes('nofollow'),
  };
  const said = localeTag($('html').attr('lang') ?? $('meta[http-equiv="content-language" i]').attr('content'));
  const title = titleOf($);
  $(furniture).remove();
  $('header').each((_, header) => { if ($(header).closest('main, article, [role=main]').length === 0 && $(header).find('h1').length === 0) $(header).remove(); });
  makeAbsolute($, base);
  const markdown = withoutTitle(htmlMarkdown(mainOf($, base)), title);
  return { ...head, title, markdown, locale: said ?? languageOf(markdown), isLocaleSaid: said !== null };
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed();

function titleOf($: CheerioAPI): string {
  const headings = $('main h1, article h1, [role=main] h1, h1');
  const heading = headings.length > 0 ? clean(headings.first().text()) : '';
  return heading || clean($('meta[property="og:title"]').attr('content') ?? '') || clean($('title').first().text());
}

/** The title stands over the text already. */
const withoutTitle = (markdown: string, title: string): string => title !== '' && clean(markdown.split('\n', 1)[0]?.replace(/^# /, '') ?? '') === title ? markdown.slice(markdown.indexOf('\n') + 1 || markdown.length).trim() : markdown;

function absolute(address: string | undefined, base: string): string | null {
  if (!address || address.length > 2_000 || !URL.canParse(address.trim(), base)) return null;
  const found = new URL(address.trim(), base);
  return found.protocol === 'http:' || found.protocol === 'https:' ? found.href : null;
}

function linksOf($: CheerioAPI, base: string): string[] {
  const links = new Set<string>();
  for (const anchor of $('a[href], area[href]').toArray()) {
    if (/\bnofollow\b/i.test($(anchor).attr('rel') ?? '')) continue;
    const link = absolute($(anchor).attr('href'), base);
    if (link) links.add(link.split('#')[0] ?? link);
    if (links.size >= mostLinks) break;
  }
  return [...links];
}

function makeAbsolute($: CheerioAPI, base: string): void {
  $('a[href]').each((_, anchor) => {
    const link = absolute($(anchor).attr('href'), base);
    if (link) $(anchor).attr('href', link);
    else $(anchor).removeAttr('href');
  });
}

const enough = 200;

/** What the page itself calls its main part, else what looks like it, else all of it. */
function mainOf($: CheerioAPI, base: string): string {
  const whole = $('body').text().replace(/\s+/g, ' ').length;
  const named = $('main, [role=main], article').first();
  const marked = $('main, [role=main]').first().length > 0 ? $('main, [role=main]').first() : named;
  if (marked.length > 0 && marked.text().replace(/\s+/g, ' ').length >= Math.min(enough, whole * 0.3)) return marked.html() ?? '';
  const body = $('body').html() ?? '';
  const { document } = parseHTML(`<!doctype html><html><head><base href="${base.replaceAll('"', '%22')}"></head><body>${body}</body></html>`);
  const article = new Readability(document as never, { charThreshold: enough }).parse();
  return article?.content && (article.textContent?.replace(/\s+/g, ' ').length ?? 0) > whole * 0.4 ? article.content : body;
}
