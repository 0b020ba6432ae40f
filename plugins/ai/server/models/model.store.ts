import type { DatabaseApi, SecretsApi } from '@plugboard/sdk';
import { newId } from '../ids.ts';
import type { Connection, ConnectionBody, ConnectionPatch, Model, ModelBody, ModelPatch } from './model.schema.ts';

interface ConnectionRow { id: string; name: string; kind: Connection['kind']; base_url: string; key_sealed: string | null; key_last4: string | null; created_at: number | string; updated_at: number | string }
interface ModelRow { id: string; config: string; created_at: number | string; updated_at: number | string }

const toConnection = (row: ConnectionRow): Connection => ({
  id: row.id, name: row.name, kind: row.kind, baseUrl: row.base_url, keySealed: row.key_sealed, keyLast4: row.key_last4, createdAt: Number(row.created_at), updatedAt: Number(row.updated_at),
});
const toModel = (row: ModelRow): Model => ({ ...JSON.parse(row.config) as ModelBody, id: row.id, createdAt: Number(row.created_at), updatedAt: Number(row.updated_at) });

/** A key of up to eleven characters tells none of them. */
const last4Of = (key: string): string | null => (key.length >= 12 ? key.slice(-4) : null);
const placeOf = (id: string): string => `connections.${id}.key`;

/** Reads and writes of `p_ai_connections` and `p_ai_models`. */
export class ModelStore {
  readonly #db: DatabaseApi;
  readonly #secrets: SecretsApi;
  readonly #connections: string;
  readonly #models: string;

  constructor(db: DatabaseApi, secrets: SecretsApi) {
    this.#db = db;
    this.#secrets = secrets;
    this.#connections = db.table('connections');
    this.#models = db.table('models');
  }

  async connections(): Promise<Connection[]> {
    return (await this.#db.query<ConnectionRow>(`SELECT * FROM ${this.#connections} ORDER BY created_at, id`)).map(toConnection);
  }

  async connection(id: string): Promise<Connection | null> {
    const [row] = await this.#db.query<ConnectionRow>(`SELECT * FROM ${this.#connections} WHERE id = ?`, [id]);
    return row ? toConnection(row) : null;
  }

  /** Null where there is none. */
  async keyOf({ id, keySealed }: Connection): Promise<string | null> {
    return keySealed === null ? null : this.#secrets.open(keySealed, placeOf(id));
  }

  async addConnection({ name, kind, baseUrl, apiKey }: ConnectionBody): Promise<Connection> {
    const id = newId();
    const now = Date.now();
    await this.#db.run(
      `INSERT INTO ${this.#connections} (id, name, kind, base_url, key_sealed, key_last4, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, name, kind, baseUrl, ...await this.#sealed(id, apiKey), now, now]);
    return await this.connection(id) as Connection;
  }

  /** A key stays with the address that it was given for. */
  async changeConnection(present: Connection, patch: ConnectionPatch): Promise<Connection> {
    const { id } = present;
    const next = { name: patch.name ?? present.name, kind: patch.kind ?? present.kind, baseUrl: patch.baseUrl ?? present.baseUrl };
    const isElsewhere = next.baseUrl !== present.baseUrl || next.kind !== present.kind;
    const kept = isElsewhere ? [null, null] : [present.keySealed, present.keyLast4];
    const key = patch.apiKey === undefined ? kept : await this.#sealed(id, patch.apiKey);
    await this.#db.run(`UPDATE ${this.#connections} SET name = ?, kind = ?, base_url = ?, key_sealed = ?, key_last4 = ?, updated_at = ? WHERE id = ?`,
      [next.name, next.kind, next.baseUrl, ...key, Date.now(), id]);
    return await this.connection(id) as Connection;
  }

  /** With its models. */
  async removeConnection(id: string): Promise<void> {
    await this.#db.batch([
      { sql: `DELETE FROM ${this.#models} WHERE connection_id = ?`, bindings: [id] },
      { sql: `DELETE FROM ${this.#connections} WHERE id = ?`, bindings: [id] },
    ]);
  }

  async list(): Promise<Model[]> {
    return (await this.#db.query<ModelRow>(`SELECT id, config, created_at, updated_at FROM ${this.#models} ORDER BY created_at, id`)).map(toModel);
  }

  async byId(id: string): Promise<Model | null> {
    const [row] = await this.#db.query<ModelRow>(`SELECT id, config, created_at, updated_at FROM ${this.#models} WHERE id = ?`, [id]);
    return row ? toModel(row) : null;
  }

  async add(input: ModelBody): Promise<Model> {
    const id = newId();
    const now = Date.now();
    await this.#db.run(`INSERT INTO ${this.#models} (id, connection_id, config, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`, [id, input.connectionId, JSON.stringify(input), now, now]);
    return await this.byId(id) as Model;
  }

  async change({ id, createdAt: _createdAt, updatedAt: _updatedAt, ...present }: Model, patch: ModelPatch): Promise<Model> {
    const next = { ...present, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
    await this.#db.run(`UPDATE ${this.#models} SET connection_id = ?, config = ?, updated_at = ? WHERE id = ?`, [next.connectionId, JSON.stringify(next), Date.now(), id]);
    return await this.byId(id) as Model;
  }

  async remove(id: string): Promise<boolean> {
    return await this.#db.run(`DELETE FROM ${this.#models} WHERE id = ?`, [id]) > 0;
  }

  async #sealed(id: string, key: string | null): Promise<[string | null, string | null]> {
    return key === null ? [null, null] : [await this.#secrets.seal(key, placeOf(id)), last4Of(key)];
  }
}
