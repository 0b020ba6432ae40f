import { createHash } from 'node:crypto';
import { isUniqueViolation } from '../db/database-errors.ts';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import type { Secrets } from '../secrets/secrets.ts';

export interface StoredAnswer { status: number; body: string | null }

const day = 24 * 60 * 60 * 1000;
const claimMs = 60_000;
const placeOf = (keyHash: string): string => `idempotency:${keyHash}`;
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Row { key_hash: string; request_hash: string; status: number | null; body: string | null; created_at: number }

/**
 * `Idempotency-Key` on a POST: the first request with a key does the work, a repeat within a day gets the same
 * answer, the same key with another body is refused, and one that is still running is told to wait. Answers are kept sealed:
 * one may hold somebody's session.
 */
export class Idempotency {
  readonly #db: Database;
  readonly #secrets: Secrets;
  constructor({ db, secrets }: { db: Database; secrets: Secrets }) {
    this.#db = db;
    this.#secrets = secrets;
  }

  /** Answers what was stored, or null when the caller is the one to do the work. */
  async begin(scope: string, key: string, body: unknown): Promise<{ keyHash: string; stored: StoredAnswer | null }> {
    if (key.length > 255) throw new AppError(400, 'invalid', { errors: [{ path: 'Idempotency-Key', code: 'too_big', message: 'at most 255 characters' }] });
    const keyHash = sha(`${scope}\n${key}`);
    const requestHash = sha(JSON.stringify(body ?? null));
    const now = Date.now();
    await this.#db.knex('idempotency_keys').where('key_hash', keyHash)
      .where((old) => old.where('created_at', '<', now - day).orWhere((dead) => dead.whereNull('status').where('created_at', '<', now - claimMs))).delete();
    try {
      await this.#db.knex('idempotency_keys').insert({ key_hash: keyHash, request_hash: requestHash, status: null, body: null, created_at: now });
      return { keyHash, stored: null };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    const row = await this.#db.knex<Row>('idempotency_keys').where('key_hash', keyHash).first();
    if (row && row.request_hash !== requestHash) throw new AppError(422, 'idempotency_conflict');
    if (!row || row.status === null) throw new AppError(409, 'idempotency_in_progress', { retryAfter: 1 }, { 'Retry-After': '1' });
    return { keyHash, stored: { status: row.status, body: row.body === null ? null : this.#secrets.decrypt(row.body, placeOf(keyHash)) } };
  }

  async finish(keyHash: string, answer: StoredAnswer): Promise<void> {
    await this.#db.knex('idempotency_keys').where('key_hash', keyHash).update({ status: answer.status, body: answer.body === null ? null : this.#secrets.encrypt(answer.body, placeOf(keyHash)) });
  }

  /** A request that failed may be tried again under its key. */
  async forget(keyHash: string): Promise<void> {
    await this.#db.knex('idempotency_keys').where('key_hash', keyHash).delete();
  }

  async prune(): Promise<void> {
    await this.#db.knex('idempotency_keys').where('created_at', '<', Date.now() - day).delete();
  }
}
