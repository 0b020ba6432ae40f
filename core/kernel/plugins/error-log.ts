import type { Database } from '../db/database.ts';
import type { Log } from '../log/log.ts';
import type { PluginFailure } from './plugin-calls.ts';

export interface PluginErrorRow { at: number; process: string; stage: string; point: string; message: string; stack: string | null }

const kept = 100;
const repeatMs = 5_000;
const maxText = 8_000;

/** What went wrong in plugins, for their health pages: the last hundred of each, a storm told once in five seconds. */
export class PluginErrorLog {
  readonly #db: Database;
  readonly #log: Log;
  readonly #process: string;
  readonly #told = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();

  constructor(db: Database, log: Log, process: string) {
    this.#db = db;
    this.#log = log;
    this.#process = process;
  }

  /** Logs and stores a failure. Never throws and is not waited for. */
  add({ pluginId, stage, point, error }: PluginFailure): void {
    const { message, stack } = describe(error);
    const key = `${pluginId} ${point} ${message}`;
    const now = Date.now();
    if ((this.#told.get(key) ?? 0) > now - repeatMs) return;
    if (this.#told.size > 1_000) this.#told.clear();
    this.#told.set(key, now);
    this.#log.error({ plugin: pluginId, stage, point, err: error instanceof Error ? error : undefined }, `plugin ${pluginId}: ${message}`);
    const row = { plugin_id: pluginId, process: this.#process, stage, point: point.slice(0, 160), message: message.slice(0, maxText), stack: stack?.slice(0, maxText) ?? null, at: now };
    const writing = this.#write(row).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async list(pluginId: string, limit = 20): Promise<PluginErrorRow[]> {
    await this.flush();
    const rows = await this.#db.knex<PluginErrorRow & { id: number; plugin_id: string }>('plugin_errors').where({ plugin_id: pluginId }).orderBy('id', 'desc').limit(limit);
    return rows.map(({ at, process, stage, point, message, stack }) => ({ at: Number(at), process, stage, point, message, stack }));
  }

  async clear(pluginId: string): Promise<void> {
    await this.#db.knex('plugin_errors').where({ plugin_id: pluginId }).delete();
  }

  /** Waits for what is being written. */
  async flush(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #write(row: { plugin_id: string }): Promise<void> {
    try {
      await this.#db.knex('plugin_errors').insert(row);
      const ids = await this.#db.knex<{ id: number; plugin_id: string }>('plugin_errors').where({ plugin_id: row.plugin_id }).orderBy('id', 'desc').limit(kept).select('id');
      const oldest = ids.at(-1);
      if (oldest && ids.length === kept) await this.#db.knex('plugin_errors').where({ plugin_id: row.plugin_id }).where('id', '<', oldest.id).delete();
    } catch (error) {
      this.#log.warn({ err: error, plugin: row.plugin_id }, 'a plugin error could not be stored');
    }
  }
}

function describe(error: unknown): { message: string; stack: string | null } {
  if (error instanceof Error) return { message: error.message || error.name, stack: error.stack ?? null };
  return { message: typeof error === 'string' ? error : `threw ${JSON.stringify(error) ?? typeof error}`, stack: null };
}
