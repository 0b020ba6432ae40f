import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { PluginError } from '@plugboard/sdk';
import type { DatabaseApi } from '@plugboard/sdk';

/** At most `max` in any `windowMs`, and none sooner than `gapMs` after the one before. At most 50. */
export interface Limit { max: number; windowMs: number; gapMs?: number }

interface Row { taken_at: string; version: number | string }

const triesAtOnce = 40;

/** Counts what people ask for, on all processes together: each place is taken by one change of a row that nobody else changed meanwhile. */
export class Limits {
  readonly #db: DatabaseApi;
  readonly #table: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('limits');
  }

  /** Answers 0 when a place was taken, else how many seconds to wait for one. */
  async take(what: string, limit: Limit): Promise<number> {
    const key = createHash('sha256').update(what).digest('hex');
    for (let attempt = 0; attempt < triesAtOnce; attempt += 1) {
      const now = Date.now();
      const row = await this.#read(key);
      const taken = timesOf(row).filter((time) => time > now - limit.windowMs);
      const wait = waitMs(taken, limit, now);
      if (wait > 0) return Math.ceil(wait / 1_000);
      if (await this.#write(key, row, [...taken, now].join(','), now + limit.windowMs)) return 0;
    }
    return 1;
  }

  /** Takes a place or throws `rate_limited`. */
  async need(what: string, limit: Limit): Promise<void> {
    const retryAfter = await this.take(what, limit);
    if (retryAfter > 0) throw new PluginError('rate_limited', 429, { retryAfter });
  }

  async sweep(now: number): Promise<void> {
    await this.#db.run(`DELETE FROM ${this.#table} WHERE kept_until < ?`, [now]);
  }

  async #read(key: string): Promise<Row | undefined> {
    const [row] = await this.#db.query<Row>(`SELECT taken_at, version FROM ${this.#table} WHERE limit_key = ?`, [key]);
    return row;
  }

  async #write(key: string, before: Row | undefined, times: string, keptUntil: number): Promise<boolean> {
    if (before) {
      const version = Number(before.version);
      return (await this.#db.run(`UPDATE ${this.#table} SET taken_at = ?, version = ?, kept_until = ? WHERE limit_key = ? AND version = ?`,
        [times, version + 1, keptUntil, key, version])) > 0;
    }
    const ignore = this.#db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    return (await this.#db.run(`${ignore} INTO ${this.#table} (limit_key, taken_at, version, kept_until) VALUES (?, ?, 1, ?)`, [key, times, keptUntil])) > 0;
  }
}

const timesOf = (row: Row | undefined): number[] => (row?.taken_at ?? '').split(',').filter((time) => time !== '').map(Number);

function waitMs(taken: readonly number[], { max, windowMs, gapMs = 0 }: Limit, now: number): number {
  const last = taken.at(-1);
  const untilGap = last === undefined ? 0 : last + gapMs - now;
  const oldest = taken.at(-max);
  return Math.max(untilGap, oldest === undefined ? 0 : oldest + windowMs - now, 0);
}

/** What one household or server has of addresses: an IPv4 address, the first three groups of an IPv6 one, as for every limit of the desk. */
export function networkOf(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const behind = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - behind.length);
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind].slice(0, 3).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':');
}
