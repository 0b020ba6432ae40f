import { timingSafeEqual } from 'node:crypto';
import type { DatabaseApi } from '@plugboard/sdk';
import type { PluginKey } from './keys.ts';

/** `conversation`: mail about this one; `all`: every chat mail of the brand. */
export type Scope = 'conversation' | 'all';
/** Whom a link of a mail is about. The address itself is not in it. */
export interface Subscription { brandId: string; addressKey: string; conversationId: string }

const everything = '';
const shape = /^([0-9a-f]{32})\.([a-z2-7]{26})\.([a-z2-7]{26})\.([0-9a-f]{32})$/;

/** Which addresses want no mail of the chat. What counts is the address, whoever types it: nobody is mailed again by a new visitor. */
export class Unsubscribes {
  readonly #db: DatabaseApi;
  readonly #key: PluginKey;
  readonly #table: string;

  constructor(db: DatabaseApi, key: PluginKey) {
    this.#db = db;
    this.#key = key;
    this.#table = db.table('unsubscribed');
  }

  async of(brandId: string, email: string, conversationId: string): Promise<Subscription> {
    return { brandId, conversationId, addressKey: (await this.#key.sign('address', brandId, email.trim().toLowerCase())).slice(0, 32) };
  }

  /** The link's part that says all this and can't be made up. It works without signing in, and for ever. */
  async token(subscription: Subscription): Promise<string> {
    const { addressKey, brandId, conversationId } = subscription;
    return [addressKey, brandId, conversationId, await this.#signature(subscription)].join('.');
  }

  async read(token: string): Promise<Subscription | null> {
    const [, addressKey, brandId, conversationId, signature] = shape.exec(token) ?? [];
    if (!addressKey || !brandId || !conversationId || !signature) return null;
    const subscription = { addressKey, brandId, conversationId };
    return timingSafeEqual(Buffer.from(signature), Buffer.from(await this.#signature(subscription))) ? subscription : null;
  }

  /** What this address does not want; null while it gets mail. */
  async state({ addressKey, conversationId }: Subscription): Promise<Scope | null> {
    const rows = await this.#db.query<{ conversation_id: string }>(
      `SELECT conversation_id FROM ${this.#table} WHERE address_key = ? AND conversation_id IN (?, ?)`, [addressKey, conversationId, everything]);
    if (rows.length === 0) return null;
    return rows.some((row) => row.conversation_id === everything) ? 'all' : 'conversation';
  }

  async stop({ addressKey, conversationId }: Subscription, scope: Scope): Promise<void> {
    const ignore = this.#db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await this.#db.run(`${ignore} INTO ${this.#table} (address_key, conversation_id, created_at) VALUES (?, ?, ?)`,
      [addressKey, scope === 'all' ? everything : conversationId, Date.now()]);
  }

  /** Mail again: about this conversation, and whatever else the address had stopped at once. */
  async resume({ addressKey, conversationId }: Subscription): Promise<void> {
    await this.#db.run(`DELETE FROM ${this.#table} WHERE address_key = ? AND conversation_id IN (?, ?)`, [addressKey, conversationId, everything]);
  }

  async #signature({ addressKey, brandId, conversationId }: Subscription): Promise<string> {
    return (await this.#key.sign('unsubscribe', addressKey, brandId, conversationId)).slice(0, 32);
  }
}
