import { newId } from '../../../kernel/ids.ts';
import { SourceDocument } from '../source-document.model.ts';
import type { Progress, SourceRun } from '../source-run.ts';
import { hashOf } from '../store-text.ts';

const columns = ['id', 'uid', 'source_id', 'address_hash', 'conversation_id', 'brand_id', 'title', 'url', 'locale', 'state', 'error', 'depth', 'seen_run', 'fetched_run', 'tries', 'etag', 'last_modified', 'content_hash', 'is_indexed', 'passage_count', 'created_at', 'updated_at'] as const;

export type Place = Pick<SourceDocument, (typeof columns)[number]> & { /** Not before. */ at: number; attempts: number };

const mostAlike = 30;
const batch = 200;

/** The addresses of a site: known ones, those that this reading met, and those of them that are still to be fetched. Kept in the table, so that a reading goes on where it was interrupted. */
export class Frontier {
  readonly #run: SourceRun;
  readonly #most: number;
  readonly #places = new Map<string, Place>();
  /** How many addresses differ only in their parameters: calendars and sort orders have no end. */
  readonly #alike = new Map<string, number>();
  #admitted = 0;
  /** Addresses that turned out to lead nowhere. */
  #gone = 0;
  isFull = false;

  private constructor(run: SourceRun, maxPages: number) {
    this.#run = run;
    this.#most = maxPages * 2 + 20;
  }

  static async load(run: SourceRun, maxPages: number): Promise<Frontier> {
    const frontier = new Frontier(run, maxPages);
    const rows = await SourceDocument.query(run.kernel.db.knex).select(...columns).where({ source_id: run.id });
    for (const row of rows) frontier.#remember({ ...row, at: 0, attempts: 0 });
    return frontier;
  }

  find(address: string): Place | undefined { return this.#places.get(hashOf(address)); }
  get known(): Place[] { return [...this.#places.values()]; }
  isFetched(place: Place): boolean { return place.fetched_run === this.#run.run; }

  #remember(place: Place): void {
    this.#places.set(place.address_hash, place);
    if (place.seen_run === this.#run.run) this.#note(place.url ?? '');
  }

  #note(address: string): void {
    this.#admitted += 1;
    const key = address.split('?')[0] ?? address;
    this.#alike.set(key, (this.#alike.get(key) ?? 0) + 1);
  }

  /** Takes addresses in that this reading met. Those that a person removed, and what is beyond the limits, stay out. */
  async admit(addresses: readonly string[], depth: number): Promise<void> {
    const fresh = new Map<string, string>();
    const again: Place[] = [];
    for (const address of addresses) {
      const address_hash = hashOf(address);
      const known = this.#places.get(address_hash);
      if (known?.state === 'removed' || known?.seen_run === this.#run.run || fresh.has(address_hash)) continue;
      if (this.#admitted >= this.#most) { this.isFull = true; break; }
      if (address.includes('?') && (this.#alike.get(address.split('?')[0] ?? '') ?? 0) >= mostAlike) continue;
      this.#note(address);
      if (known) again.push(known);
      else fresh.set(address_hash, address);
    }
    const entries = [...fresh];
    for (let from = 0; from < entries.length; from += batch) await this.#insert(entries.slice(from, from + batch), depth);
    if (again.length > 0) await this.#seeAgain(again, depth);
  }

  async #insert(entries: readonly (readonly [string, string])[], depth: number): Promise<void> {
    await this.#run.write(async (tx) => {
      await tx.db('knowledge_documents').insert(entries.map(([address_hash, url]) => ({
        uid: newId(), source_id: this.#run.id, address_hash, title: '', url, state: 'pending', depth, seen_run: this.#run.run, created_at: tx.now, updated_at: tx.now,
      })));
    }, this.progress);
    const rows = await SourceDocument.query(this.#run.kernel.db.knex).select(...columns).where({ source_id: this.#run.id }).whereIn('address_hash', entries.map(([hash]) => hash));
    for (const row of rows) this.#places.set(row.address_hash, { ...row, at: 0, attempts: 0 });
  }

  async #seeAgain(places: readonly Place[], depth: number): Promise<void> {
    const ids = places.map(({ id }) => id);
    await this.#run.write(async (tx) => {
      for (let from = 0; from < ids.length; from += batch) await SourceDocument.query(tx.db).whereIn('id', ids.slice(from, from + batch)).patch({ seen_run: this.#run.run, depth });
    }, this.progress);
    for (const place of places) Object.assign(place, { seen_run: this.#run.run, depth });
  }

  /** The next address to fetch: nearest to the start first; one that has to wait last. Undefined when all are done. */
  next(): Place | undefined {
    const now = Date.now();
    const waits = (place: Place): number => Math.max(0, place.at - now);
    const isBefore = (place: Place, other: Place): boolean => waits(place) < waits(other) || (waits(place) === waits(other) && (place.depth < other.depth || (place.depth === other.depth && place.id < other.id)));
    let best: Place | undefined;
    for (const place of this.#places.values()) {
      if (place.seen_run !== this.#run.run || place.fetched_run === this.#run.run || place.state === 'removed') continue;
      if (!best || isBefore(place, best)) best = place;
    }
    return best;
  }

  forget(place: Place): void {
    if (this.#places.delete(place.address_hash) && place.seen_run === this.#run.run) this.#gone += 1;
  }

  get progress(): Progress {
    let [done, failed] = [this.#gone, 0];
    for (const place of this.#places.values()) {
      if (place.fetched_run !== this.#run.run) continue;
      done += 1;
      if (place.state === 'error') failed += 1;
    }
    return { done, total: this.#admitted, failed };
  }
}
