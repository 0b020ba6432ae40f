import type { CategoryView } from '@plugboard/sdk';
import type { SitemapEntry } from '../../knowledge/index.ts';
import type { Links } from '../addresses.ts';
import { xmlText } from './xml.ts';

interface Site { links: Links; locale: string; languages: readonly string[]; categories: readonly CategoryView[]; articles: readonly SitemapEntry[] }
interface Address { url: string; changed?: string; alternates: readonly { locale: string; url: string }[] }

/** Every page of a help centre that search engines may keep: the first page, the topics and the articles, each with its languages. */
export function sitemapOf({ links, locale, languages, categories, articles }: Site): string {
  const page = (path: string): Address => ({ url: links.whole(path, locale), alternates: languages.map((one) => ({ locale: one, url: links.whole(path, one) })) });
  const addresses: Address[] = [page(''), ...categories.map(({ slug }) => page(`/categories/${slug}`)), ...articles.map(({ url, updatedAt, alternates }) => ({ url, changed: updatedAt, alternates }))];
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${addresses.map(addressOf).join('')}</urlset>
`;
}

function addressOf({ url, changed, alternates }: Address): string {
  const others = alternates.length < 2 ? '' : alternates.map((one) => `<xhtml:link rel="alternate" hreflang="${xmlText(one.locale)}" href="${xmlText(one.url)}"/>\n`).join('');
  return `<url>\n<loc>${xmlText(url)}</loc>\n${changed === undefined ? '' : `<lastmod>${xmlText(changed)}</lastmod>\n`}${others}</url>\n`;
}
