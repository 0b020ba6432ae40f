import type { Brand } from '../brands/index.ts';

/** What an address of the help centre names. */
export type Place =
  | { kind: 'home' | 'articles' | 'suggestions' | 'feed' | 'sitemap' | 'unknown' }
  | { kind: 'article' | 'rating' | 'category'; slug: string };

const slug = '([a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?)';
const patterns: readonly (readonly [RegExp, (slug: string) => Place])[] = [
  [/^$/, () => ({ kind: 'home' })],
  [/^articles$/, () => ({ kind: 'articles' })],
  [/^articles\/search\.json$/, () => ({ kind: 'suggestions' })],
  [/^articles\.rss$/, () => ({ kind: 'feed' })],
  [/^sitemap\.xml$/, () => ({ kind: 'sitemap' })],
  [new RegExp(`^articles/${slug}$`), (name) => ({ kind: 'article', slug: name })],
  [new RegExp(`^articles/${slug}/rating$`), (name) => ({ kind: 'rating', slug: name })],
  [new RegExp(`^categories/${slug}$`), (name) => ({ kind: 'category', slug: name })],
];
const portal = /^\/portal\/([a-z0-9-]{1,60})(?:\/(.*))?$/;

/** Brand and place of a path; null for what is no address of a help centre. The brand is null for `/`, which is the first one's. */
export function placeAt(path: string): { brand: string | null; place: Place } | null {
  if (path === '/') return { brand: null, place: { kind: 'home' } };
  const [, brand, rest = ''] = portal.exec(path) ?? [];
  if (brand === undefined) return null;
  const name = rest.replace(/\/$/, '');
  for (const [pattern, make] of patterns) {
    const found = pattern.exec(name);
    if (found) return { brand, place: make(found[1] ?? '') };
  }
  return { brand, place: { kind: 'unknown' } };
}

/**
 * Addresses inside of one help centre. Those on the page keep the language that the reader chose; those for machines are whole,
 * begin with PUBLIC_URL and name each language where it is not the brand's.
 */
export class Links {
  readonly #brand: Pick<Brand, 'slug' | 'locale'>;
  readonly #publicUrl: string;
  readonly #chosen: string | null;

  constructor(brand: Pick<Brand, 'slug' | 'locale'>, publicUrl: string, chosen: string | null) {
    this.#brand = brand;
    this.#publicUrl = publicUrl;
    this.#chosen = chosen;
  }

  home(): string { return this.#on(''); }
  articles(query: { q?: string; cursor?: string } = {}): string { return this.#on('/articles', query); }
  article(slug: string, query: { rated?: string } = {}): string { return this.#on(`/articles/${slug}`, query); }
  rating(slug: string): string { return this.#on(`/articles/${slug}/rating`); }
  category(slug: string, query: { cursor?: string } = {}): string { return this.#on(`/categories/${slug}`, query); }
  suggestions(): string { return this.#on('/articles/search.json'); }

  /** The same page in another language. */
  inLanguage(locale: string, path: string, query: { q?: string } = {}): string {
    return withQuery(`/portal/${this.#brand.slug}${path}`, { ...query, lang: locale });
  }

  /** For search engines and feeds. */
  whole(path: string, locale: string): string {
    return withQuery(`${this.#publicUrl}/portal/${this.#brand.slug}${path}`, locale === this.#brand.locale ? {} : { lang: locale });
  }

  #on(path: string, query: Record<string, string> = {}): string {
    return withQuery(`/portal/${this.#brand.slug}${path}`, { ...query, ...(this.#chosen === null ? {} : { lang: this.#chosen }) });
  }
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const parts = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}
