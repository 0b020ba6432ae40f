import type { FeedEntry } from '../../knowledge/index.ts';
import { xmlText } from './xml.ts';

interface Channel { title: string; about: string; home: string; self: string; locale: string; entries: readonly FeedEntry[] }

const dateOf = (time: string): string => new Date(time).toUTCString();

/** The newest articles of a help centre as RSS 2.0, whole texts included. */
export function rssOf({ title, about, home, self, locale, entries }: Channel): string {
  const newest = entries.map(({ updatedAt }) => updatedAt).sort().at(-1);
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>${xmlText(title)}</title>
<link>${xmlText(home)}</link>
<description>${xmlText(about)}</description>
<language>${xmlText(locale)}</language>
<atom:link href="${xmlText(self)}" rel="self" type="application/rss+xml"/>
${newest === undefined ? '' : `<lastBuildDate>${dateOf(newest)}</lastBuildDate>\n`}${entries.map(itemOf).join('')}</channel>
</rss>
`;
}

const itemOf = ({ id, url, title, summary, html, publishedAt }: FeedEntry): string => `<item>
<title>${xmlText(title)}</title>
<link>${xmlText(url)}</link>
<guid isPermaLink="false">${xmlText(id)}</guid>
<pubDate>${dateOf(publishedAt)}</pubDate>
<description>${xmlText(summary)}</description>
<content:encoded>${xmlText(html)}</content:encoded>
</item>
`;
