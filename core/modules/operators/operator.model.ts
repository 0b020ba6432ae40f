import { Model } from 'objection';

/** Somebody who answers: a person, or an assistant. One that was removed keeps the row, for what they wrote. */
export class Operator extends Model {
  static override tableName = 'operators';
  declare id: number;
  declare uid: string;
  declare kind: 'human' | 'assistant';
  declare name: string;
  declare email: string;
  declare password_hash: string | null;
  declare role_id: number;
  /** JSON: `"all"` or a list of row ids. */
  declare brand_ids: string;
  declare locale: string;
  declare time_zone: string;
  declare is_active: number;
  declare preferences: string;
  declare last_seen_at: number | null;
  declare removed_at: number | null;
  declare created_at: number;
}

export type BrandIds = 'all' | number[];
export const brandIdsOf = (operator: Pick<Operator, 'brand_ids'>): BrandIds => JSON.parse(operator.brand_ids) as BrandIds;
