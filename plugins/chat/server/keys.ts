import { createHmac, randomBytes } from 'node:crypto';
import type { PluginContext } from '@plugboard/sdk';

/**
 * A random key of the plugin, sealed in its table: what is signed with it can't be made from a copy of the database. One that
 * can't be opened any more (the desk has another master key) is replaced; what it signed is then worth nothing.
 */
export class PluginKey {
  readonly #ctx: Pick<PluginContext, 'db' | 'secrets' | 'log'>;
  readonly #name: string;
  readonly #table: string;
  #key: Promise<Buffer> | null = null;

  constructor(ctx: Pick<PluginContext, 'db' | 'secrets' | 'log'>, name: string) {
    this.#ctx = ctx;
    this.#name = name;
    this.#table = ctx.db.table('keys');
  }

  /** HMAC-SHA256 in hex. Parts can't run into each other. */
  async sign(...parts: readonly string[]): Promise<string> {
    this.#key ??= this.#load().catch((error: unknown) => {
      this.#key = null;
      throw error;
    });
    return createHmac('sha256', await this.#key).update(JSON.stringify(parts)).digest('hex');
  }

  async #load(): Promise<Buffer> {
    const { db, secrets, log } = this.#ctx;
    const place = `keys:${this.#name}`;
    const fresh = await secrets.seal(randomBytes(32).toString('base64'), place);
    const ignore = db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await db.run(`${ignore} INTO ${this.#table} (name, sealed, created_at) VALUES (?, ?, ?)`, [this.#name, fresh, Date.now()]);
    const sealed = await this.#stored();
    try {
      return Buffer.from(await secrets.open(sealed, place), 'base64');
    } catch {
      log.warn('a key of the chat could not be opened and was made again', { key: this.#name });
      await db.run(`UPDATE ${this.#table} SET sealed = ?, created_at = ? WHERE name = ? AND sealed = ?`, [fresh, Date.now(), this.#name, sealed]);
      return Buffer.from(await secrets.open(await this.#stored(), place), 'base64');
    }
  }

  async #stored(): Promise<string> {
    const [row] = await this.#ctx.db.query<{ sealed: string }>(`SELECT sealed FROM ${this.#table} WHERE name = ?`, [this.#name]);
    if (!row) throw new Error('a key of the chat is not there');
    return row.sealed;
  }
}
