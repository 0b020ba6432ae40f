import { PluginError } from '@plugboard/sdk';

interface Bucket { tokens: number; filledAt: number }

/** Token buckets by key: `perSecond` on average, `burst` at once. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number, burst: number, now: () => number = Date.now) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#now = now;
  }

  /** Takes one token or refuses with `rate_limited`. */
  take(key: string): void {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, filledAt: now };
    const tokens = Math.min(this.#burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * this.#perSecond);
    this.#buckets.set(key, { tokens: Math.max(0, tokens - 1), filledAt: now });
    if (tokens < 1) throw new PluginError('rate_limited', 429, { retryAfter: Math.ceil((1 - tokens) / this.#perSecond) });
  }

  forget(key: string): void {
    this.#buckets.delete(key);
  }
}
