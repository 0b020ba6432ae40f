import type { DatabaseApi } from '@plugboard/sdk';

/** How often an assistant did not help in a conversation: `p_ai_attempts`. */
export class Attempts {
  readonly #db: DatabaseApi;
  readonly #table: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('attempts');
  }

  async failed(conversationId: string): Promise<number> {
    const [row] = await this.#db.query<{ failed: number }>(`SELECT failed FROM ${this.#table} WHERE conversation_id = ?`, [conversationId]);
    return Number(row?.failed ?? 0);
  }

  async set(conversationId: string, failed: number, now = Date.now()): Promise<void> {
    const changed = await this.#db.run(`UPDATE ${this.#table} SET failed = ?, updated_at = ? WHERE conversation_id = ?`, [failed, now, conversationId]);
    const ignore = this.#db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    if (changed === 0) await this.#db.run(`${ignore} INTO ${this.#table} (conversation_id, failed, updated_at) VALUES (?, ?, ?)`, [conversationId, failed, now]);
  }

  async sweep(now: number): Promise<void> {
    await this.#db.run(`DELETE FROM ${this.#table} WHERE updated_at < ?`, [now - 90 * 24 * 3_600_000]);
  }
}
