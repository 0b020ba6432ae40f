import type { ReadAudience } from '@plugboard/sdk';
import { Model } from 'objection';
import type { ArticleStatus } from '../../shared/knowledge.ts';

/** What the languages of an article share. */
export class Article extends Model {
  static override tableName = 'articles';
  declare id: number;
  declare uid: string;
  declare brand_id: number;
  declare category_id: number | null;
  /** As the author chose. */
  declare audience: ReadAudience;
  /** As it is: never wider than the categories that it lies in. */
  declare reach: ReadAudience;
  declare is_pinned: number;
  /** JSON. */
  declare tags: string;
  /** JSON, public ids. */
  declare related: string;
  declare first_locale: string;
  declare author_id: number | null;
  declare version: number;
  declare created_at: number;
  declare updated_at: number;
}

/** An article in one language. */
export class ArticleText extends Model {
  static override tableName = 'article_texts';
  declare id: number;
  declare article_id: number;
  declare brand_id: number;
  declare locale: string;
  declare title: string;
  declare slug: string;
  declare summary: string;
  /** Markdown. */
  declare body: string;
  /** Its beginning without marks, for lists. */
  declare excerpt: string;
  declare status: ArticleStatus;
  declare publish_at: number | null;
  declare published_at: number | null;
  declare version: number;
  declare created_at: number;
  declare updated_at: number;
}

export class ArticleRevision extends Model {
  static override tableName = 'article_revisions';
  declare id: number;
  declare uid: string;
  declare article_id: number;
  declare locale: string;
  declare title: string;
  declare summary: string;
  declare body: string;
  declare author_id: number | null;
  declare created_at: number;
}

export class ArticleFile extends Model {
  static override tableName = 'article_files';
  declare id: number;
  declare uid: string;
  declare article_id: number;
  declare name: string;
  declare type: string;
  declare size: number;
  declare file_key: string;
  declare is_image: number;
  declare created_at: number;
}
