import type { DatabaseApi } from '@plugboard/sdk';
import { settingsBody, type Settings } from './settings.schema.ts';

const row = 'all';

/** The one row of `p_ai_settings`. */
export class SettingsStore {
  readonly #db: DatabaseApi;
  readonly #table: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('settings');
  }

  async get(): Promise<Settings> {
    const [found] = await this.#db.query<{ config: string; version: number }>(`SELECT config, version FROM ${this.#table} WHERE id = ?`, [row]);
    return { ...settingsBody.parse(found ? JSON.parse(found.config) : {}), version: Number(found?.version ?? 0) };
  }

  /** False when somebody saved since that version was read. */
  async save({ version, ...config }: Settings): Promise<boolean> {
    const ignore = this.#db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    if (version === 0) await this.#db.run(`${ignore} INTO ${this.#table} (id, config, version) VALUES (?, ?, 0)`, [row, '{}']);
    return await this.#db.run(`UPDATE ${this.#table} SET config = ?, version = version + 1 WHERE id = ? AND version = ?`, [JSON.stringify(config), row, version]) > 0;
  }
}
