import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../errors.ts';

/** First three groups of an IPv6 address, the whole of an IPv4 one: what one household or server shares. */
export function addressPrefix(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const groups = (part: string): string[] => part.split(':').filter((group) => group !== '');
  // Zeros that are left out count as well, or one network would have many prefixes.
  const zeros = Array.from({ length: Math.max(0, 8 - groups(head).length - groups(tail).length) }, () => '0');
  return [...groups(head), ...zeros, ...groups(tail)].slice(0, 3).map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}

/** Calls a minute per key, counted in this process. Throws 429 with Retry-After in seconds. */
export class RateLimits {
  readonly #limiters = new Map<string, RateLimiterMemory>();

  async take(name: string, key: string, perMinute: number): Promise<void> {
    let limiter = this.#limiters.get(name);
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
      this.#limiters.set(name, limiter);
    }
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) throw rateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
      throw refused;
    }
  }
}
