import { Model } from 'objection';

/** Somebody signed in on some device. Only the hash of the cookie's token is kept. */
export class Session extends Model {
  static override tableName = 'sessions';
  declare id: number;
  declare uid: string;
  declare operator_id: number;
  declare token_hash: string;
  declare created_at: number;
  declare last_used_at: number;
  declare expires_at: number;
  declare ip: string;
  declare user_agent: string;
}

const day = 24 * 60 * 60 * 1000;
const idleMs = 30 * day;
const longestMs = 90 * day;

/** A session ends 30 days after it was last used, and 90 days after it began whatever happens. */
export const sessionEnd = (createdAt: number, lastUsedAt: number): number => Math.min(lastUsedAt + idleMs, createdAt + longestMs);
/** When its cookie may go: the server knows the rest. */
export const cookieEnd = (createdAt: number): number => createdAt + longestMs;
