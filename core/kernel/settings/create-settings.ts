import type { Bus } from '../bus/bus.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../log/log.ts';
import type { Settings } from './settings.ts';

interface Row { scope: string; key: string; brand_id: number; value: string; updated_at: number }
interface Cached { values: Record<string, unknown>; readAt: number }

const topic = 'settings.changed';
/** How long a lost hint may hide a change. */
const maxAgeMs = 2_000;

export function createSettings(deps: { db: Database; bus: Bus; log: Log }): Settings {
  return new StoredSettings(deps.db, deps.bus, deps.log);
}

class StoredSettings implements Settings {
  readonly #db: Database;
  readonly #bus: Bus;
  readonly #log: Log;
  readonly #cache = new Map<string, Cached>();
  readonly #handlers = new Map<string, Set<() => void>>();
  /** What each watched scope looked like at the last look, so that a change is told once. */
  readonly #seen = new Map<string, string>();
  /** Goes up with each write, so that two in one millisecond differ. */
  #stamp = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, bus: Bus, log: Log) {
    this.#db = db;
    this.#bus = bus;
    this.#log = log;
    bus.subscribe(topic, (payload) => {
      const { scope } = payload as { scope: string };
      this.#forget(scope);
      this.#seen.delete(scope);
      this.#run(scope);
      void this.#look();
    });
  }

  async get<T>(scope: string, key: string, brandId = 0): Promise<T | undefined> {
    return (await this.all(scope, brandId))[key] as T | undefined;
  }

  async all(scope: string, brandId = 0): Promise<Record<string, unknown>> {
    const name = `${scope}#${brandId}`;
    const cached = this.#cache.get(name);
    if (cached && Date.now() - cached.readAt < maxAgeMs) return { ...cached.values };
    const rows = await this.#db.knex<Row>('settings').where({ scope, brand_id: brandId }).select('key', 'value');
    const values = Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]));
    this.#cache.set(name, { values, readAt: Date.now() });
    return { ...values };
  }

  async set(scope: string, values: Record<string, unknown>, brandId = 0): Promise<void> {
    this.#stamp = Math.max(Date.now(), this.#stamp + 1);
    const updated_at = this.#stamp;
    const rows = Object.entries(values).map(([key, value]) => ({ scope, key, brand_id: brandId, value: JSON.stringify(value ?? null), updated_at }));
    if (rows.length === 0) return;
    await this.#db.transaction(async (trx) => {
      await trx('settings').insert(rows).onConflict(['scope', 'key', 'brand_id']).merge(['value', 'updated_at']);
    });
    await this.#tell(scope);
  }

  async remove(scope: string, keys?: string[], brandId = 0): Promise<void> {
    const rows = this.#db.knex('settings').where({ scope });
    await (keys ? rows.where({ brand_id: brandId }).whereIn('key', keys) : rows).delete();
    await this.#tell(scope);
  }

  onChange(scope: string, handler: () => void): () => void {
    const handlers = this.#handlers.get(scope) ?? new Set();
    this.#handlers.set(scope, handlers.add(handler));
    this.#timer ??= setInterval(() => void this.#look(), maxAgeMs).unref();
    void this.#look();
    return () => {
      handlers.delete(handler);
      if (handlers.size === 0) this.#handlers.delete(scope);
      if (this.#handlers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #forget(scope: string): void {
    for (const name of this.#cache.keys()) if (name.startsWith(`${scope}#`)) this.#cache.delete(name);
  }

  async #tell(scope: string): Promise<void> {
    this.#forget(scope);
    await this.#bus.publish(topic, { scope });
  }

  /** Compares the watched scopes with the last look and runs the handlers of those that changed. */
  async #look(): Promise<void> {
    const scopes = [...this.#handlers.keys()];
    if (scopes.length === 0) return;
    try {
      const rows = await this.#db.knex('settings').whereIn('scope', scopes).groupBy('scope')
        .select<{ scope: string; state: string }[]>('scope', this.#db.knex.raw('max(updated_at) as latest'), this.#db.knex.raw('count(*) as amount'))
        .then((found) => new Map(found.map((row) => [row.scope, JSON.stringify(row)])));
      for (const scope of scopes) this.#compare(scope, rows.get(scope) ?? 'none');
    } catch (error) {
      this.#log.warn({ err: error }, 'settings could not be compared');
    }
  }

  #compare(scope: string, state: string): void {
    const before = this.#seen.get(scope);
    this.#seen.set(scope, state);
    if (before === undefined || before === state) return;
    this.#forget(scope);
    this.#run(scope);
  }

  #run(scope: string): void {
    for (const handler of this.#handlers.get(scope) ?? []) handler();
  }
}
