import type { ReadAudience } from '@plugboard/sdk';
import { Model } from 'objection';

export type CategoryTexts = Record<string, { name: string; description: string }>;

/** A shelf of a brand's help centre. */
export class ArticleCategory extends Model {
  static override tableName = 'article_categories';
  declare id: number;
  declare uid: string;
  declare brand_id: number;
  declare parent_id: number | null;
  declare slug: string;
  declare audience: ReadAudience;
  declare icon: string | null;
  declare position: number;
  /** JSON. */
  declare texts: string;
  declare created_at: number;
  declare updated_at: number;
}
