import { Model } from 'objection';

/** One public face of the desk. */
export class Brand extends Model {
  static override tableName = 'brands';
  declare id: number;
  declare uid: string;
  declare slug: string;
  declare name: string;
  declare locale: string;
  declare color: string;
  declare created_at: number;
}
