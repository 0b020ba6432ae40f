import type { DatabaseApi } from '@plugboard/sdk';
import { dayOf } from '../fields.ts';
import type { Settings } from '../settings/settings.schema.ts';

/** All brands together. */
const everything = 'all';
const toMicros = (amount: number): number => Math.round(amount * 1_000_000);

export interface Hold { day: string; micros: number; scopes: string[] }

/**
 * What was spent today, in millionths of the currency. What a call may cost is held before it and replaced by what it did
 * cost afterwards; holding is one statement that also checks, so that calls at once can't pass the budget together.
 */
export class Budgets {
  readonly #db: DatabaseApi;
  readonly #settings: () => Promise<Settings>;
  readonly #table: string;

  constructor(db: DatabaseApi, settings: () => Promise<Settings>) {
    this.#db = db;
    this.#settings = settings;
    this.#table = db.table('spending');
  }

  /** Null when it would go over the budget of the day or of the brand. */
  async hold(brandId: string, micros: number, now = Date.now()): Promise<Hold | null> {
    const { budgetPerDay, brandBudgets } = await this.#settings();
    const hold: Hold = { day: dayOf(now), micros, scopes: [] };
    for (const [scope, budget] of [[everything, budgetPerDay], [brandId, brandBudgets[brandId] ?? null]] as const) {
      await this.#make(hold.day, scope);
      const limit = budget === null ? Number.MAX_SAFE_INTEGER : toMicros(budget);
      const isHeld = await this.#db.run(`UPDATE ${this.#table} SET held = held + ? WHERE day = ? AND scope = ? AND spent + held + ? <= ?`, [micros, hold.day, scope, micros, limit]) > 0;
      if (!isHeld) {
        await this.settle(hold, 0);
        return null;
      }
      hold.scopes.push(scope);
    }
    return hold;
  }

  /** The call is over: what it cost takes the place of what was held. */
  async settle({ day, micros, scopes }: Hold, spent: number): Promise<void> {
    for (const scope of scopes) await this.#db.run(`UPDATE ${this.#table} SET held = held - ?, spent = spent + ? WHERE day = ? AND scope = ?`, [micros, spent, day, scope]);
  }

  /** In the currency. */
  async today(now = Date.now()): Promise<{ spent: number; brands: Record<string, number> }> {
    const rows = await this.#db.query<{ scope: string; spent: number | string }>(`SELECT scope, spent FROM ${this.#table} WHERE day = ?`, [dayOf(now)]);
    const amounts = Object.fromEntries(rows.map(({ scope, spent }) => [scope, Number(spent) / 1_000_000]));
    const { [everything]: spent = 0, ...brands } = amounts;
    return { spent, brands };
  }

  async sweep(now: number): Promise<void> {
    await this.#db.run(`DELETE FROM ${this.#table} WHERE day < ?`, [dayOf(now - 35 * 24 * 3_600_000)]);
  }

  async #make(day: string, scope: string): Promise<void> {
    const ignore = this.#db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await this.#db.run(`${ignore} INTO ${this.#table} (day, scope, spent, held) VALUES (?, ?, 0, 0)`, [day, scope]);
  }
}

/** About what a text is in tokens: letters of alphabets by fours, signs of Han and Kana one by one. */
export function estimateTokens(text: string): number {
  const signs = (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g) ?? []).length;
  return Math.ceil((text.length - signs) / 4 + signs);
}

/** In millionths; null where no price is known. Prices are per million tokens, so a token costs as many millionths. */
export function costOf({ inputPrice, outputPrice }: { inputPrice: number | null; outputPrice: number | null }, usage: { inputTokens: number; outputTokens: number }): number | null {
  if (inputPrice === null && outputPrice === null) return null;
  return Math.ceil(usage.inputTokens * (inputPrice ?? 0) + usage.outputTokens * (outputPrice ?? 0));
}
