import type { Page } from './dto.ts';

/** Who may read it: everybody, people who proved who they are, or operators alone. */
export const audiences = ['public', 'signed-in', 'internal'] as const;
export type ReadAudience = (typeof audiences)[number];

/**
 * For whom the knowledge is read. The desk decides by it what may be found: for a contact public texts, and those for
 * signed-in people once the contact is verified; internal texts for operators alone.
 */
export type KnowledgeReader = 'public' | { contactId: string } | { operatorId: string };

export const documentKinds = ['article', 'page', 'file', 'text', 'conversation'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A piece of the knowledge that answers a question. */
export interface Passage {
  id: string;
  /** Article, crawled page, file, internal text or conversation that it is a piece of. */
  documentId: string;
  kind: DocumentKind;
  title: string;
  /** Headings above it, outermost first. */
  headings: string[];
  /** Where a reader finds the whole; null where there is no page of it. */
  url: string | null;
  /** Markdown, at most about 1 200 characters. */
  text: string;
  locale: string;
  audience: ReadAudience;
  /** 0…1, how well it answers the query; comparable between queries. */
  score: number;
}

export interface KnowledgeSearch {
  query: string;
  /** Texts of this brand and of all brands. */
  brandId: string;
  for: KnowledgeReader;
  /** Language of the question where it is known; texts in it come first, others are found too. */
  locale?: string;
  /** At most 20; 6 unless told. */
  limit?: number;
}

/** What an article's reader sees. `html` is sanitised. */
export interface ArticleView {
  id: string; slug: string; title: string; summary: string; html: string; locale: string;
  category: { slug: string; name: string } | null;
  url: string; publishedAt: string; updatedAt: string;
  related: { slug: string; title: string; url: string }[];
  /** Languages it is there in. */
  locales: string[];
  rating: { up: number; down: number };
}
/** `title` and `excerpt` carry `<mark>` around what was found; everything else in them is escaped. */
export interface ArticleHit { id: string; slug: string; title: string; excerpt: string; locale: string; url: string; category: { slug: string; name: string } | null }
export interface CategoryView { id: string; slug: string; name: string; description: string; icon: string | null; parentSlug: string | null; articleCount: number }

/** Articles and other texts that answers stand on. Needs `knowledge:read`, and `knowledge:write` to add to it. */
export interface KnowledgeApi {
  /** Best passages first. `confidence` 0…100: how sure it is that they answer the query; 0 when nothing was found. */
  search(input: KnowledgeSearch): Promise<{ passages: Passage[]; confidence: number }>;
  /** Texts that are always told to an assistant, in the order of the admin. */
  guidance(input: { brandId: string }): Promise<{ title: string; text: string }[]>;
  /** A draft that people look over before it is published. */
  draftArticle(input: { brandId: string; locale: string; title: string; body: string; audience?: ReadAudience; categoryId?: string }): Promise<{ id: string }>;
  categories(input: { brandId: string; for: KnowledgeReader; locale: string }): Promise<CategoryView[]>;
  /** Published articles: found ones with `query`, else the pinned ones first and then by name. */
  articles(input: { brandId: string; for: KnowledgeReader; locale: string; query?: string; category?: string; limit?: number; cursor?: string }): Promise<Page<ArticleHit>>;
  article(input: { brandId: string; for: KnowledgeReader; locale: string; slug: string }): Promise<ArticleView | null>;
  /** A reader's word; one per reader and article, the last one counts. */
  rateArticle(input: { brandId: string; contactId: string; slug: string; rating: 'up' | 'down' }): Promise<void>;
}
