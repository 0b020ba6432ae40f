import { Model } from 'objection';

/** A key for programs. It belongs to an operator and never allows more than they may do themselves. */
export class ApiToken extends Model {
  static override tableName = 'api_tokens';
  declare id: number;
  declare uid: string;
  declare operator_id: number;
  declare name: string;
  declare token_hash: string;
  /** JSON list of permissions; `["*"]` for all of the owner's. */
  declare scopes: string;
  declare created_at: number;
  declare last_used_at: number | null;
  declare expires_at: number | null;
  declare revoked_at: number | null;
}

export const tokenPrefix = 'pb_pat';
