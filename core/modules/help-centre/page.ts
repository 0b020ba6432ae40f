import type { Markup } from '../../kernel/html/markup.ts';

export interface Crumb { name: string; href: string }

/** One page of the help centre, before it is put into its frame. */
export interface Page {
  status?: number;
  view: 'home' | 'list' | 'search' | 'article' | 'notice';
  title: string;
  description: string;
  main: Markup;
  /** Path below the brand's address, the same in each language; null for what search engines should not keep. */
  path: string | null;
  /** The one address of this content; made from `path` unless told. */
  canonical?: string;
  /** Addresses of the same content in other languages; made from `path` unless told. */
  alternates?: readonly { locale: string; url: string }[];
  /** Where the menu of languages leads. */
  inLanguage(locale: string): string;
  /** Facts for search engines (schema.org). */
  facts?: readonly object[];
  published?: { at: string; changed: string };
  /** Origins of pictures that lie elsewhere. */
  pictures?: readonly string[];
  modified?: Date;
}
