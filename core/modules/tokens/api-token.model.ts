import { Model } from 'objection';
import type { TokenDto } from '../../shared/desk-settings.ts';

/**
 * A key for programs. A personal one belongs to an operator and never allows more than they may do themselves; a server key
 * belongs to the desk: whoever made it is only named.
 */
export class ApiToken extends Model {
  static override tableName = 'api_tokens';
  declare id: number;
  declare uid: string;
  declare kind: TokenDto['kind'];
  declare operator_id: number;
  /** Of a server key; null for every brand. */
  declare brand_id: number | null;
  declare name: string;
  declare token_hash: string;
  /** JSON list: permissions (`["*"]` for all of the owner's), or the scopes of a server key. */
  declare scopes: string;
  declare created_at: number;
  declare last_used_at: number | null;
  declare expires_at: number | null;
  declare revoked_at: number | null;
}

export const tokenPrefix = 'pb_pat';
export const serverPrefix = 'pb_server';
