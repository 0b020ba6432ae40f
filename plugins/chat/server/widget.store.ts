import type { DatabaseApi } from '@plugboard/sdk';
import { newPublicKey, newWidgetId } from './ids.ts';
import { widgetConfigSchema } from './widget.schema.ts';
import type { SecretState, Widget, WidgetConfig } from './widget.schema.ts';

interface WidgetRow {
  id: string; slug: string; public_key: string; name: string; brand_id: string; config: string; created_at: number | string; updated_at: number | string;
  version: number; revision: string; texts_version: number;
  secret_sealed: string | null; secret_created_at: number | string | null; secret_previous: string | null; secret_previous_until: number | string | null;
}
export interface NewWidget { name: string; brandId: string; slug: string; config: WidgetConfig }
/** Why a widget was not written: another one has its slug or one of its aliases, or somebody else saved first. */
export type WriteRefusal = { taken: 'slug' } | { taken: 'alias'; alias: string } | { isStale: true };
type Statement = { sql: string; bindings: unknown[] };

const columns = [
  'id', 'slug', 'public_key', 'name', 'brand_id', 'config', 'created_at', 'updated_at', 'version', 'revision', 'texts_version',
  'secret_sealed', 'secret_created_at', 'secret_previous', 'secret_previous_until',
].join(', ');
const time = (value: number | string | null): number | null => (value === null ? null : Number(value));

const parsed = new Map<string, { text: string; config: WidgetConfig }>();

/** Each page view reads a widget; its column is parsed again only when it says something else. */
function readConfig({ id, config: text }: WidgetRow): WidgetConfig {
  const known = parsed.get(id);
  if (known?.text === text) return known.config;
  const config = widgetConfigSchema.parse(JSON.parse(text));
  if (parsed.size >= 500) parsed.clear();
  parsed.set(id, { text, config });
  return config;
}

function toWidget(row: WidgetRow): Widget {
  return {
    ...readConfig(row),
    id: row.id, slug: row.slug, key: row.public_key, name: row.name, brandId: row.brand_id,
    secret: { sealed: row.secret_sealed, createdAt: time(row.secret_created_at), previous: row.secret_previous, previousUntil: time(row.secret_previous_until) },
    version: Number(row.version), textsVersion: Number(row.texts_version), createdAt: Number(row.created_at), updatedAt: Number(row.updated_at),
  };
}

/** The part of a widget that lives in the JSON column. */
export function configOf(widget: WidgetConfig): WidgetConfig {
  const {
    botName, welcomeMessage, welcomeMessageByLocale, conversationButtons, selfServiceLinks, externalLinks, appearance, security, notifications, allowedOrigins, aliases,
  } = widget;
  return { botName, welcomeMessage, welcomeMessageByLocale, conversationButtons, selfServiceLinks, externalLinks, appearance, security, notifications, allowedOrigins, aliases };
}

/** Reads and writes of `p_chat_widgets`, and of `p_chat_aliases`, which finds a widget under the names it had at another desk. */
export class WidgetStore {
  readonly #db: DatabaseApi;
  readonly #table: string;
  readonly #aliases: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('widgets');
    this.#aliases = db.table('aliases');
  }

  /** By public id, slug or publishable key; else by a name that it had at another desk. */
  async find(name: string): Promise<Widget | null> {
    return await this.#first('slug = ? OR id = ? OR public_key = ?', [name, name, name])
      ?? this.#first(`id = (SELECT widget_id FROM ${this.#aliases} WHERE alias = ?)`, [name]);
  }

  byId(id: string): Promise<Widget | null> {
    return this.#first('id = ?', [id]);
  }

  bySlug(slug: string): Promise<Widget | null> {
    return this.#first('slug = ?', [slug]);
  }

  byKey(key: string): Promise<Widget | null> {
    return this.#first('public_key = ?', [key]);
  }

  /** The brand's oldest widget: what a snippet gets that names only the brand. */
  firstOfBrand(brandId: string): Promise<Widget | null> {
    return this.#first('brand_id = ? ORDER BY created_at, id LIMIT 1', [brandId]);
  }

  async list(options: { brandId?: string | undefined; limit: number; cursor?: string | undefined }): Promise<{ data: Widget[]; nextCursor: string | null }> {
    const conditions = ['id > ?'];
    const bindings: unknown[] = [options.cursor ?? ''];
    if (options.brandId) {
      conditions.push('brand_id = ?');
      bindings.push(options.brandId);
    }
    const rows = await this.#db.query<WidgetRow>(
      `SELECT ${columns} FROM ${this.#table} WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`, [...bindings, options.limit + 1]);
    const data = rows.slice(0, options.limit).map(toWidget);
    return { data, nextCursor: rows.length > options.limit ? data.at(-1)?.id ?? null : null };
  }

  /** `before` runs in the same transaction, ahead of the widget: it may forbid it by failing. */
  async create(input: NewWidget, before: Statement[] = []): Promise<Widget | WriteRefusal> {
    const now = Date.now();
    const id = newWidgetId();
    const config = configOf(input.config);
    const refusal = await this.#write({ id, slug: input.slug, aliases: config.aliases }, [
      ...before,
      {
        sql: `INSERT INTO ${this.#table} (id, slug, public_key, name, brand_id, config, created_at, updated_at, version, revision, texts_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0)`,
        bindings: [id, input.slug, newPublicKey(), input.name, input.brandId, JSON.stringify(config), now, now, newWidgetId()],
      },
      ...config.aliases.map((alias) => ({ sql: `INSERT INTO ${this.#aliases} (alias, widget_id) VALUES (?, ?)`, bindings: [alias, id] })),
    ]);
    return refusal ?? await this.byId(id) ?? { isStale: true };
  }

  /** Writes over the version that was read, with its aliases, or not at all. */
  async save(widget: Widget): Promise<Widget | WriteRefusal> {
    const { id } = widget;
    const revision = newWidgetId();
    const isMine = `EXISTS (SELECT 1 FROM ${this.#table} WHERE id = ? AND revision = ?)`;
    const refusal = await this.#write(widget, [
      {
        sql: `UPDATE ${this.#table} SET slug = ?, name = ?, brand_id = ?, config = ?, updated_at = ?, version = version + 1, revision = ? WHERE id = ? AND version = ?`,
        bindings: [widget.slug, widget.name, widget.brandId, JSON.stringify(configOf(widget)), Date.now(), revision, id, widget.version],
      },
      { sql: `DELETE FROM ${this.#aliases} WHERE widget_id = ? AND ${isMine}`, bindings: [id, id, revision] },
      ...widget.aliases.map((alias) => ({
        sql: `INSERT INTO ${this.#aliases} (alias, widget_id) SELECT ?, id FROM ${this.#table} WHERE id = ? AND revision = ?`, bindings: [alias, id, revision],
      })),
    ]);
    if (refusal) return refusal;
    const [row] = await this.#db.query<WidgetRow>(`SELECT ${columns} FROM ${this.#table} WHERE id = ?`, [id]);
    return row?.revision === revision ? toWidget(row) : { isStale: true };
  }

  /** False when the secret that was read is no longer the present one. */
  async saveSecret(id: string, present: string | null, next: SecretState): Promise<boolean> {
    const changed = await this.#db.run(
      `UPDATE ${this.#table} SET secret_sealed = ?, secret_created_at = ?, secret_previous = ?, secret_previous_until = ?, updated_at = ? WHERE id = ? AND COALESCE(secret_sealed, '') = ?`,
      [next.sealed, next.createdAt, next.previous, next.previousUntil, Date.now(), id, present ?? '']);
    return changed > 0;
  }

  /** With its aliases and texts. */
  async remove(id: string): Promise<boolean> {
    if (!await this.byId(id)) return false;
    await this.#db.batch([
      ...[this.#aliases, this.#db.table('texts')].map((table) => ({ sql: `DELETE FROM ${table} WHERE widget_id = ?`, bindings: [id] })),
      { sql: `DELETE FROM ${this.#table} WHERE id = ?`, bindings: [id] },
    ]);
    return true;
  }

  /** The unique indexes decide; asking afterwards who has the name tells a clash from any other failure. */
  async #write(widget: Pick<Widget, 'id' | 'slug' | 'aliases'>, statements: Statement[]): Promise<WriteRefusal | null> {
    try {
      await this.#db.batch(statements);
      return null;
    } catch (error) {
      const clash = await this.#clash(widget);
      if (clash) return clash;
      throw error;
    }
  }

  async #clash({ id, slug, aliases }: Pick<Widget, 'id' | 'slug' | 'aliases'>): Promise<WriteRefusal | null> {
    const holder = await this.bySlug(slug);
    if (holder && holder.id !== id) return { taken: 'slug' };
    if (aliases.length === 0) return null;
    const [row] = await this.#db.query<{ alias: string }>(
      `SELECT alias FROM ${this.#aliases} WHERE widget_id <> ? AND alias IN (${aliases.map(() => '?').join(', ')}) LIMIT 1`, [id, ...aliases]);
    return row ? { taken: 'alias', alias: row.alias } : null;
  }

  async #first(condition: string, bindings: unknown[]): Promise<Widget | null> {
    const [row] = await this.#db.query<WidgetRow>(`SELECT ${columns} FROM ${this.#table} WHERE ${condition}`, bindings);
    return row ? toWidget(row) : null;
  }
}
