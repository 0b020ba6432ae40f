import type { DatabaseApi } from '@plugboard/sdk';
import { newPublicKey, newWidgetId } from './ids.ts';
import { widgetConfigSchema } from './widget.schema.ts';
import type { Widget, WidgetConfig } from './widget.schema.ts';

interface WidgetRow { id: string; slug: string; public_key: string; name: string; brand_id: string; config: string; created_at: number | string; updated_at: number | string }
export interface NewWidget { name: string; brandId: string; slug: string; config: WidgetConfig }

const columns = 'id, slug, public_key, name, brand_id, config, created_at, updated_at';

function toWidget(row: WidgetRow): Widget {
  return {
    ...widgetConfigSchema.parse(JSON.parse(row.config)),
    id: row.id, slug: row.slug, key: row.public_key, name: row.name, brandId: row.brand_id,
    createdAt: Number(row.created_at), updatedAt: Number(row.updated_at),
  };
}

/** The part of a widget that lives in the JSON column. */
export function configOf(widget: WidgetConfig): WidgetConfig {
  const { botName, welcomeMessage, conversationButtons, externalLinks, appearance, allowedOrigins } = widget;
  return { botName, welcomeMessage, conversationButtons, externalLinks, appearance, allowedOrigins };
}

/** Reads and writes of `p_chat_widgets`. */
export class WidgetStore {
  readonly #db: DatabaseApi;
  readonly #table: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('widgets');
  }

  /** By public id, slug or publishable key. */
  async find(idOrSlugOrKey: string): Promise<Widget | null> {
    return this.#first(`SELECT ${columns} FROM ${this.#table} WHERE slug = ? OR id = ? OR public_key = ?`, [idOrSlugOrKey, idOrSlugOrKey, idOrSlugOrKey]);
  }

  byId(id: string): Promise<Widget | null> {
    return this.#first(`SELECT ${columns} FROM ${this.#table} WHERE id = ?`, [id]);
  }

  bySlug(slug: string): Promise<Widget | null> {
    return this.#first(`SELECT ${columns} FROM ${this.#table} WHERE slug = ?`, [slug]);
  }

  /** The brand's oldest widget: what a snippet gets that names only the brand. */
  firstOfBrand(brandId: string): Promise<Widget | null> {
    return this.#first(`SELECT ${columns} FROM ${this.#table} WHERE brand_id = ? ORDER BY created_at, id LIMIT 1`, [brandId]);
  }

  async list(options: { brandId?: string; limit: number; cursor?: string }): Promise<{ data: Widget[]; nextCursor: string | null }> {
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

  /** Answers null when another widget has the slug. */
  async create(input: NewWidget): Promise<Widget | null> {
    const now = Date.now();
    const widget: Widget = { ...input.config, id: newWidgetId(), slug: input.slug, key: newPublicKey(), name: input.name, brandId: input.brandId, createdAt: now, updatedAt: now };
    return await this.#write(input.slug, widget.id,
      `INSERT INTO ${this.#table} (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [widget.id, widget.slug, widget.key, widget.name, widget.brandId, JSON.stringify(configOf(widget)), now, now]) ? widget : null;
  }

  /** Answers null when another widget has the slug. */
  async save(widget: Widget): Promise<Widget | null> {
    const saved = { ...widget, updatedAt: Date.now() };
    return await this.#write(saved.slug, saved.id,
      `UPDATE ${this.#table} SET slug = ?, name = ?, brand_id = ?, config = ?, updated_at = ? WHERE id = ?`,
      [saved.slug, saved.name, saved.brandId, JSON.stringify(configOf(saved)), saved.updatedAt, saved.id]) ? saved : null;
  }

  async remove(id: string): Promise<boolean> {
    return (await this.#db.run(`DELETE FROM ${this.#table} WHERE id = ?`, [id])) > 0;
  }

  /** The unique index decides; asking afterwards who has the slug tells a clash from any other failure. */
  async #write(slug: string, id: string, sql: string, bindings: unknown[]): Promise<boolean> {
    try {
      await this.#db.run(sql, bindings);
      return true;
    } catch (error) {
      const holder = await this.bySlug(slug);
      if (holder && holder.id !== id) return false;
      throw error;
    }
  }

  async #first(sql: string, bindings: unknown[]): Promise<Widget | null> {
    const [row] = await this.#db.query<WidgetRow>(sql, bindings);
    return row ? toWidget(row) : null;
  }
}
