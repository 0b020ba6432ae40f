import { Model } from 'objection';

/** One browser of an operator that takes web push. */
export class PushSubscription extends Model {
  static override tableName = 'push_subscriptions';
  declare id: number;
  declare uid: string;
  declare operator_id: number;
  /** SHA-256 of the endpoint, which is too long for an index. */
  declare endpoint_hash: string;
  declare endpoint: string;
  declare p256dh: string;
  declare auth: string;
  declare device: string;
  /** Tries in a row that failed. */
  declare failures: number;
  declare created_at: number;
  declare last_used_at: number | null;
}
