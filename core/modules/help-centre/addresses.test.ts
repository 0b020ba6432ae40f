import { describe, expect, it } from 'vitest';
import { Links, placeAt } from './addresses.ts';

describe('addresses', () => {
  it.each([
    ['/', null, { kind: 'home' }],
    ['/portal/acme', 'acme', { kind: 'home' }],
    ['/portal/acme/', 'acme', { kind: 'home' }],
    ['/portal/acme/articles', 'acme', { kind: 'articles' }],
    ['/portal/acme/articles/search.json', 'acme', { kind: 'suggestions' }],
    ['/portal/acme/articles.rss', 'acme', { kind: 'feed' }],
    ['/portal/acme/sitemap.xml', 'acme', { kind: 'sitemap' }],
    ['/portal/acme/articles/search', 'acme', { kind: 'article', slug: 'search' }],
    ['/portal/acme/articles/a-2/', 'acme', { kind: 'article', slug: 'a-2' }],
    ['/portal/acme/articles/a-2/rating', 'acme', { kind: 'rating', slug: 'a-2' }],
    ['/portal/acme/categories/billing', 'acme', { kind: 'category', slug: 'billing' }],
  ])('%s', (path, brand, place) => { expect(placeAt(path)).toEqual({ brand, place }); });

  it.each(['/portal/acme/articles/A', '/portal/acme/articles/-a', '/portal/acme/articles/%2e%2e', `/portal/acme/articles/${'a'.repeat(61)}`, '/portal/acme/categories/a/b', '/portal/acme/articles/../x', '/portal/acme/articles//'])('%s is nothing', (path) => {
    expect(placeAt(path)).toEqual({ brand: 'acme', place: { kind: 'unknown' } });
  });

  it.each(['/portal', '/portal/', '/portal/Acme', '/portals/acme', '/admin', '/portal/a%00b'])('%s is no help centre', (path) => { expect(placeAt(path)).toBeNull(); });

  it('keep a chosen language, and name it for machines where it is not the brand\'s', () => {
    const brand = { slug: 'acme', locale: 'en' };
    const [chosen, open] = [new Links(brand, 'https://desk.example', 'de'), new Links(brand, 'https://desk.example', null)];
    expect([chosen.home(), chosen.articles({ q: 'a&b' }), chosen.article('x')]).toEqual(['/portal/acme?lang=de', '/portal/acme/articles?q=a%26b&lang=de', '/portal/acme/articles/x?lang=de']);
    expect([open.home(), open.category('c', { cursor: 'n' }), open.inLanguage('ar', '/articles/x')]).toEqual(['/portal/acme', '/portal/acme/categories/c?cursor=n', '/portal/acme/articles/x?lang=ar']);
    expect([open.whole('', 'en'), chosen.whole('/articles', 'de')]).toEqual(['https://desk.example/portal/acme', 'https://desk.example/portal/acme/articles?lang=de']);
  });
});
