import { Model } from 'objection';

/** An organisation that contacts belong to. */
export class Company extends Model {
  static override tableName = 'companies';
  declare id: number;
  declare uid: string;
  declare brand_id: number;
  /** The customer's own id. */
  declare external_id: string;
  /** 0 when a proof stands behind it; else the row id of the contact whose claim it is. */
  declare claimed_by: number;
  declare name: string | null;
  /** JSON. */
  declare traits: string;
  declare created_at: number;
  declare updated_at: number;
}
