import { expect, it } from 'vitest';
import { Links } from '../addresses.ts';
import { robotsOf } from './robots.ts';
import { rssOf } from './rss.ts';
import { sitemapOf } from './sitemap.ts';
import { xmlText } from './xml.ts';

const nasty = '</title><script>\u0000\u0008\ud800]]>&"';

it('writes no letter that XML forbids, and no markup of an author', () => {
  expect(xmlText(nasty)).toBe('&#60;/title&#62;&#60;script&#62;\ufffd]]&#62;&#38;&#34;');
});

it('a feed has each article with its address, text and time', () => {
  const entry = { id: 'a1', url: 'https://desk.example/portal/acme/articles/x?lang=de&a=b', title: nasty, summary: 's', html: '<p>Hi</p>', locale: 'de', publishedAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-02-02T03:04:05.000Z' };
  const text = rssOf({ title: 'Acme', about: 'New', home: 'https://desk.example/portal/acme', self: 'https://desk.example/portal/acme/articles.rss', locale: 'de', entries: [entry] });
  expect(text).toContain('<link>https://desk.example/portal/acme/articles/x?lang=de&#38;a=b</link>');
  expect(text).toContain('<pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate>');
  expect(text).toContain('<content:encoded>&#60;p&#62;Hi&#60;/p&#62;</content:encoded>');
  expect(text).toContain('<lastBuildDate>Mon, 02 Feb 2026 03:04:05 GMT</lastBuildDate>');
  expect(text).not.toContain('<script>');
});

it('a sitemap has each page with its languages', () => {
  const articles = [{ url: 'https://desk.example/portal/acme/articles/x', locale: 'en', updatedAt: '2026-02-02T03:04:05.000Z', alternates: [{ locale: 'en', url: 'https://desk.example/portal/acme/articles/x' }, { locale: 'de', url: 'https://desk.example/portal/acme/articles/y?lang=de' }] }];
  const text = sitemapOf({ links: new Links({ slug: 'acme', locale: 'en' }, 'https://desk.example', null), locale: 'en', languages: ['en'], categories: [], articles });
  expect([...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url)).toEqual(['https://desk.example/portal/acme', 'https://desk.example/portal/acme/articles/x']);
  expect(text).toContain('<xhtml:link rel="alternate" hreflang="de" href="https://desk.example/portal/acme/articles/y?lang=de"/>');
  expect(text).toContain('<lastmod>2026-02-02T03:04:05.000Z</lastmod>');
});

it('robots hear of every brand\'s sitemap', () => {
  expect(robotsOf('https://desk.example', [{ slug: 'acme' }, { slug: 'other' }])).toContain('Sitemap: https://desk.example/portal/acme/sitemap.xml\nSitemap: https://desk.example/portal/other/sitemap.xml\n');
});
