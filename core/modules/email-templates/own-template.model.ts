import { Model } from 'objection';

/** A template that an admin made out of a shipped one. */
export class OwnTemplate extends Model {
  static override tableName = 'email_templates';
  declare id: number;
  declare uid: string;
  declare kind: string;
  declare name: string;
  declare created_at: number;
}
