import type { DatabaseApi } from '@plugboard/sdk';
import { newId } from '../ids.ts';
import { assistantConfigSchema, type Assistant, type AssistantBody, type AssistantConfig, type Scores } from './assistant.schema.ts';

interface Row { id: string; name: string; mode: Assistant['mode']; is_default: number; config: string; scores: string | null; version: number; created_at: number | string; updated_at: number | string }
const columns = 'id, name, mode, is_default, config, scores, version, created_at, updated_at';

const parsed = new Map<string, { text: string; config: AssistantConfig }>();

/** Read at each turn; the column is parsed again only when it says something else. */
function readConfig({ id, config: text }: Row): AssistantConfig {
  const known = parsed.get(id);
  if (known?.text === text) return known.config;
  const config = assistantConfigSchema.parse(JSON.parse(text));
  if (parsed.size >= 200) parsed.clear();
  parsed.set(id, { text, config });
  return config;
}

const toAssistant = (row: Row): Assistant => ({
  ...readConfig(row), id: row.id, name: row.name, mode: row.mode, isDefault: Number(row.is_default) === 1, version: Number(row.version),
  scores: row.scores === null ? null : JSON.parse(row.scores) as Scores, createdAt: Number(row.created_at), updatedAt: Number(row.updated_at),
});

/** The part that lives in the JSON column. */
export function configOf(assistant: AssistantConfig): AssistantConfig {
  const known = Object.keys(assistantConfigSchema.shape) as (keyof AssistantConfig)[];
  return Object.fromEntries(known.map((key) => [key, assistant[key]])) as unknown as AssistantConfig;
}

/** Reads and writes of `p_ai_assistants`. */
export class AssistantStore {
  readonly #db: DatabaseApi;
  readonly #table: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('assistants');
  }

  /** The oldest first. */
  async list(): Promise<Assistant[]> {
    return (await this.#db.query<Row>(`SELECT ${columns} FROM ${this.#table} ORDER BY created_at, id`)).map(toAssistant);
  }

  async byId(id: string): Promise<Assistant | null> {
    const [row] = await this.#db.query<Row>(`SELECT ${columns} FROM ${this.#table} WHERE id = ?`, [id]);
    return row ? toAssistant(row) : null;
  }

  async create(input: AssistantBody, id = newId()): Promise<Assistant> {
    const now = Date.now();
    await this.#db.batch([
      ...this.#others(id, input.isDefault),
      {
        sql: `INSERT INTO ${this.#table} (id, name, mode, is_default, config, scores, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, NULL, 1, ?, ?)`,
        bindings: [id, input.name, input.mode, input.isDefault ? 1 : 0, JSON.stringify(configOf(input)), now, now],
      },
    ]);
    return await this.byId(id) as Assistant;
  }

  /** Null when somebody saved since `assistant` was read. */
  async save(assistant: Assistant): Promise<Assistant | null> {
    const { id, name, mode, isDefault, version } = assistant;
    const changed = await this.#db.run(
      `UPDATE ${this.#table} SET name = ?, mode = ?, is_default = ?, config = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
      [name, mode, isDefault ? 1 : 0, JSON.stringify(configOf(assistant)), Date.now(), id, version]);
    if (changed === 0) return null;
    if (isDefault) await this.#db.batch(this.#others(id, true));
    return this.byId(id);
  }

  async setScores(id: string, scores: Scores): Promise<void> {
    await this.#db.run(`UPDATE ${this.#table} SET scores = ? WHERE id = ?`, [JSON.stringify(scores), id]);
  }

  async remove(id: string): Promise<boolean> {
    return await this.#db.run(`DELETE FROM ${this.#table} WHERE id = ?`, [id]) > 0;
  }

  /** One default at most. */
  #others(id: string, isDefault: boolean): { sql: string; bindings: unknown[] }[] {
    return isDefault ? [{ sql: `UPDATE ${this.#table} SET is_default = 0 WHERE id <> ? AND is_default = 1`, bindings: [id] }] : [];
  }
}
