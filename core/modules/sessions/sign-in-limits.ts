import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { setTimeout as wait } from 'node:timers/promises';
import { rateLimited } from '../../kernel/errors.ts';
import { addressPrefix } from '../../kernel/http/rate-limit.ts';
import { hashToken } from '../../kernel/ids.ts';

const windowSeconds = 15 * 60;
const attempts = 10;
const attemptsPerAddress = 100;
const longestDelayMs = 4_000;

/**
 * Ten attempts in a quarter of an hour for an account from one address, a hundred for the address. Failures from
 * everywhere at one account only make its next answers slower, so no stranger can lock its owner out.
 */
export class SignInLimits {
  #redis: Redis | undefined;
  #pair = this.#limiter('sign-in', attempts);
  #address = this.#limiter('sign-in-address', attemptsPerAddress);
  #account = this.#limiter('sign-in-account', attempts);

  /** Counts for all processes together from now on. */
  async useRedis(redisUrl: string): Promise<void> {
    const { Redis: Client } = await import('ioredis');
    this.#redis = new Client(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false });
    // Without a listener a lost connection would end the process; the counters go on in memory meanwhile.
    this.#redis.on('error', () => {});
    this.#pair = this.#limiter('sign-in', attempts);
    this.#address = this.#limiter('sign-in-address', attemptsPerAddress);
    this.#account = this.#limiter('sign-in-account', attempts);
  }

  /** Counts an attempt before the password is looked at, so that parallel guesses count too. */
  async take(email: string, ip: string): Promise<void> {
    await consume(this.#address, addressPrefix(ip));
    await consume(this.#pair, pairKey(email, ip));
    const spent = (await this.#account.get(hashToken(email)))?.consumedPoints ?? 0;
    const delay = delayAfter(spent);
    if (delay > 0) await wait(delay);
  }

  async failed(email: string): Promise<void> {
    await this.#account.penalty(hashToken(email));
  }

  /** The right password clears what was counted here; guesses of others keep counting. */
  async succeeded(email: string, ip: string): Promise<void> {
    await this.#pair.delete(pairKey(email, ip));
    await this.#address.reward(addressPrefix(ip));
  }

  close(): void {
    this.#redis?.disconnect();
  }

  #limiter(keyPrefix: string, points: number): RateLimiterAbstract {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration: windowSeconds });
    if (!this.#redis) return memory;
    return new RateLimiterRedis({ storeClient: this.#redis, keyPrefix: `pb:${keyPrefix}`, points, duration: windowSeconds, insuranceLimiter: memory });
  }
}

/** Nothing for the first failures, then doubling from a quarter of a second up to four. */
export function delayAfter(failures: number): number {
  return failures < attempts ? 0 : Math.min(longestDelayMs, 250 * 2 ** (failures - attempts));
}

const pairKey = (email: string, ip: string): string => hashToken(`${email} ${addressPrefix(ip)}`);

async function consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw rateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
    throw refused;
  }
}
