import type { ReadAudience } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { Brand } from '../../brands/index.ts';

/** For whom is read: texts of this brand that these audiences may see, in this language where there is one. */
export interface ReaderScope { brand: Brand; audiences: readonly ReadAudience[]; locale: string }

export interface VisibleText {
  id: number; article_id: number; uid: string; category_id: number | null; is_pinned: number; locale: string; title: string; slug: string; summary: string; excerpt: string;
  published_at: number; updated_at: number;
}
export const visibleColumns = [
  't.id', 't.article_id', 'a.uid', 'a.category_id', 'a.is_pinned', 't.locale', 't.title', 't.slug', 't.summary', 't.excerpt', 't.published_at', 't.updated_at',
];

/** The reader's language and that of the brand, each with its plain form: `de-AT`, `de`, `en`. */
export function languagesOf({ locale, brand }: Pick<ReaderScope, 'locale' | 'brand'>): string[] {
  return [...new Set([locale, locale.split('-')[0] ?? locale, brand.locale, brand.locale.split('-')[0] ?? brand.locale])];
}

/** Is a text in the language that the reader asked for? */
export const isWanted = (text: { locale: string }, locale: string): boolean => text.locale.split('-')[0] === locale.split('-')[0];

/** Published texts of the scope in all their languages. Who may read is part of the statement itself. */
export function visibleTexts(db: Knex, scope: Pick<ReaderScope, 'brand' | 'audiences'>): Knex.QueryBuilder {
  return db('article_texts as t').join('articles as a', 'a.id', 't.article_id')
    .where({ 't.status': 'published', 'a.brand_id': scope.brand.id }).whereIn('a.reach', [...scope.audiences]);
}

/** How near a text of the table `alias` is to the reader's language: 0 is the wanted one. */
export function rankOf(scope: Pick<ReaderScope, 'locale' | 'brand'>, alias: string): { sql: string; bindings: (string | number)[] } {
  const languages = languagesOf(scope);
  const cases = languages.map(() => `WHEN ${alias}.locale = ? THEN ?`).join(' ');
  return { sql: `(CASE ${cases} WHEN ${alias}.locale = a.first_locale THEN 8 ELSE 9 END)`, bindings: languages.flatMap((language, index) => [language, index]) };
}

/** One text for each article: in the reader's language, else the brand's, else the article's first, else any. */
export function bestTexts(db: Knex, scope: ReaderScope): Knex.QueryBuilder {
  const [mine, other, again] = [rankOf(scope, 't'), rankOf(scope, 'o'), rankOf(scope, 'o')];
  const better = db('article_texts as o').select('o.id').whereRaw("o.article_id = t.article_id AND o.status = 'published'")
    .whereRaw(`(${other.sql} < ${mine.sql} OR (${again.sql} = ${mine.sql} AND o.id < t.id))`, [...other.bindings, ...mine.bindings, ...again.bindings, ...mine.bindings]);
  return visibleTexts(db, scope).whereNotExists(better);
}

/** The nearest of some texts of one article. */
export function nearest<T extends { locale: string }>(texts: readonly T[], scope: Pick<ReaderScope, 'locale' | 'brand'>, first: string): T | undefined {
  const languages = [...languagesOf(scope), first];
  const rank = ({ locale }: T): number => (languages.includes(locale) ? languages.indexOf(locale) : languages.length);
  return texts.toSorted((a, b) => rank(a) - rank(b))[0];
}
