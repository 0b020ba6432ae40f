import { randomInt, timingSafeEqual } from 'node:crypto';
import { mailboxOf, PluginError } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { newId } from './ids.ts';
import type { PluginKey } from './keys.ts';
import { networkOf } from './limits.ts';
import type { Limits } from './limits.ts';

export interface CodeSent { email: string; resendAfter: number; expiresIn: number }
export interface CodeRequest { contactId: string; brandId: string; brandName: string; email: string; locale: string; ip: string }
interface CodeRow { id: string; email: string; code_hash: string; tries: number; created_at: number | string; expires_at: number | string; ended_at: number | string | null }

const minute = 60_000;
const hour = 60 * minute;
const lifeMs = 10 * minute;
const resendMs = minute;
const maxTries = 5;
const perAddress = { max: 5, windowMs: hour, gapMs: resendMs };
const perNetwork = { max: 20, windowMs: hour };

const expired = () => new PluginError('code_expired', 410);

/**
 * Six digits that prove an address: bound to the visitor and the address, kept as a keyed hash, good for ten minutes, five
 * tries and one use. Only the newest code of a visitor counts.
 */
export class Codes {
  readonly #ctx: Pick<PluginContext, 'db' | 'emails' | 'log'>;
  readonly #limits: Limits;
  readonly #key: PluginKey;
  readonly #table: string;

  constructor(ctx: Pick<PluginContext, 'db' | 'emails' | 'log'>, limits: Limits, key: PluginKey) {
    this.#ctx = ctx;
    this.#limits = limits;
    this.#key = key;
    this.#table = ctx.db.table('codes');
  }

  /** Sends a new code; whatever was sent before is worth nothing from now on. Throws `rate_limited`. */
  async send(request: CodeRequest): Promise<CodeSent> {
    const { contactId, email } = request;
    await this.#endOthers(contactId, email);
    await this.#limits.need(`code address ${mailboxOf(email)}`, perAddress);
    await this.#limits.need(`code network ${networkOf(request.ip)}`, perNetwork);
    const id = newId();
    const code = randomInt(1_000_000).toString().padStart(6, '0');
    const now = Date.now();
    await this.#ctx.db.run(`INSERT INTO ${this.#table} (contact_id, id, email, code_hash, tries, created_at, expires_at, ended_at) VALUES (?, ?, ?, ?, 0, ?, ?, NULL)`,
      [contactId, id, email, await this.#hash(id, contactId, email, code), now, now + lifeMs]);
    const result = await this.#ctx.emails.send({
      template: 'code', to: { address: email }, brandId: request.brandId, locale: request.locale, idempotencyKey: `code:${id}`,
      values: { code, minutes: lifeMs / minute, brand: { name: request.brandName } },
    });
    if (result.status === 'suppressed') this.#ctx.log.warn('a code was not sent', { reason: result.reason });
    return { email, resendAfter: resendMs / 1_000, expiresIn: lifeMs / 1_000 };
  }

  /** The code that this visitor was sent to this address within the last minute, if it may still be typed. */
  async justSent(contactId: string, email: string): Promise<CodeSent | null> {
    const now = Date.now();
    const row = await this.#newest(contactId);
    if (!row || row.email !== email || !isOpen(row, now) || Number(row.tries) >= maxTries) return null;
    const resendAfter = Math.ceil((Number(row.created_at) + resendMs - now) / 1_000);
    return resendAfter > 0 ? { email, resendAfter, expiresIn: Math.ceil((Number(row.expires_at) - now) / 1_000) } : null;
  }

  /** Uses the code up. Throws `code_wrong` or, once there is nothing left to try, `code_expired`. */
  async confirm(contactId: string, email: string, code: string): Promise<void> {
    const now = Date.now();
    const row = await this.#newest(contactId);
    if (!row || row.email !== email || !isOpen(row, now)) throw expired();
    const { db } = this.#ctx;
    const tries = await db.run(`UPDATE ${this.#table} SET tries = tries + 1 WHERE contact_id = ? AND id = ? AND tries < ? AND ended_at IS NULL AND expires_at > ?`,
      [contactId, row.id, maxTries, now]);
    if (tries === 0) throw expired();
    const given = Buffer.from(await this.#hash(row.id, contactId, email, code));
    if (!timingSafeEqual(given, Buffer.from(row.code_hash))) throw new PluginError('code_wrong', 400, { triesLeft: await this.#triesLeft(contactId, row.id) });
    const used = await db.run(`UPDATE ${this.#table} SET ended_at = ? WHERE contact_id = ? AND id = ? AND ended_at IS NULL`, [now, contactId, row.id]);
    if (used === 0) throw expired();
  }

  async sweep(now: number): Promise<void> {
    await this.#ctx.db.run(`DELETE FROM ${this.#table} WHERE expires_at < ?`, [now - hour]);
  }

  /** Somebody who changes the address is done with the code for the one before, also when no new one can be sent yet. */
  async #endOthers(contactId: string, email: string): Promise<void> {
    await this.#ctx.db.run(`UPDATE ${this.#table} SET ended_at = ? WHERE contact_id = ? AND email <> ? AND ended_at IS NULL`, [Date.now(), contactId, email]);
  }

  async #newest(contactId: string): Promise<CodeRow | undefined> {
    const [row] = await this.#ctx.db.query<CodeRow>(
      `SELECT id, email, code_hash, tries, created_at, expires_at, ended_at FROM ${this.#table} WHERE contact_id = ? ORDER BY created_at DESC, id DESC LIMIT 1`, [contactId]);
    return row;
  }

  async #triesLeft(contactId: string, id: string): Promise<number> {
    const [row] = await this.#ctx.db.query<{ tries: number }>(`SELECT tries FROM ${this.#table} WHERE contact_id = ? AND id = ?`, [contactId, id]);
    return Math.max(0, maxTries - Number(row?.tries ?? maxTries));
  }

  #hash(id: string, contactId: string, email: string, code: string): Promise<string> {
    return this.#key.sign('code', id, contactId, email, code);
  }
}

const isOpen = (row: CodeRow, now: number): boolean => row.ended_at === null && Number(row.expires_at) > now;
