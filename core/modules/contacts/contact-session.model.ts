import { Model } from 'objection';

/** One browser of a contact. The token itself is never kept. */
export class ContactSession extends Model {
  static override tableName = 'contact_sessions';
  declare id: number;
  declare uid: string;
  declare contact_id: number;
  declare token_hash: string;
  declare created_at: number;
  declare last_used_at: number;
  declare expires_at: number;
  declare revoked_at: number | null;
  /** How long it lives without use; a year when null. */
  declare max_age_ms: number | null;
}
