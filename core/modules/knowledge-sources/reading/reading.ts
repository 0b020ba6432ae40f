import type { SourceErrorKey } from '../source.model.ts';

/** Types of files that texts are made of. */
export const fileTypes = ['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text/html', 'text/markdown', 'text/plain', 'text/csv', 'application/json'] as const;
export type FileType = (typeof fileTypes)[number];

/** The text of a page or file. `locale`: as it says of itself, else as it looks; null when neither says. */
export interface ReadText { title: string; locale: string | null; isLocaleSaid: boolean; markdown: string }
/** A page with what it asks of crawlers. Addresses are absolute. */
export interface ReadPage extends ReadText { links: string[]; canonical: string | null; isNoindex: boolean; isNofollow: boolean }
/** What a sitemap lists: pages, and more sitemaps. */
export interface ReadSitemap { pages: string[]; sitemaps: string[] }

/** What the reading process is asked. Bytes come as they came from outside. */
export type ReadRequest =
  | { kind: 'type'; bytes: Uint8Array; name: string }
  | { kind: 'file'; bytes: Uint8Array; name: string; type: FileType }
  | { kind: 'page'; bytes: Uint8Array; url: string; contentType: string }
  | { kind: 'sitemap'; bytes: Uint8Array; url: string; most: number };
export interface ReadAnswers { type: FileType | null; file: ReadText; page: ReadPage; sitemap: ReadSitemap }

/** It could not be read, and would not be the next time. */
export class Unreadable extends Error {
  readonly key: SourceErrorKey;
  readonly values: Record<string, string | number>;
  constructor(key: SourceErrorKey, values: Record<string, string | number> = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}
