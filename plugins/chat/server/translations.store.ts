import type { DatabaseApi } from '@plugboard/sdk';
import type { Texts } from './translations.schema.ts';
import type { Widget } from './widget.schema.ts';

export type OwnTexts = ReadonlyMap<string, Texts>;
interface TextRow { locale: string; text_key: string; own_text: string }

const none: OwnTexts = new Map();
const kept = 500;

/** Own texts of widgets, by locale: `p_chat_texts`. Read once for each `textsVersion`, so a page view asks for nothing more than its widget. */
export class OwnTextStore {
  readonly #db: DatabaseApi;
  readonly #table: string;
  readonly #read = new Map<string, { version: number; texts: OwnTexts }>();

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('texts');
  }

  async of({ id, textsVersion }: Pick<Widget, 'id' | 'textsVersion'>): Promise<OwnTexts> {
    if (textsVersion === 0) return none;
    const known = this.#read.get(id);
    if (known && known.version >= textsVersion) return known.texts;
    const rows = await this.#db.query<TextRow>(`SELECT locale, text_key, own_text FROM ${this.#table} WHERE widget_id = ? ORDER BY locale, text_key`, [id]);
    const texts = new Map<string, Record<string, string>>();
    for (const { locale, text_key: key, own_text: text } of rows) {
      const ofLocale = texts.get(locale) ?? {};
      ofLocale[key] = text;
      texts.set(locale, ofLocale);
    }
    if (this.#read.size >= kept) this.#read.clear();
    this.#read.set(id, { version: textsVersion, texts });
    return texts;
  }

  /** Row by row, so that two people who translate at once lose nothing of each other. */
  async change(widgetId: string, locale: string, texts: Readonly<Record<string, string | null>>): Promise<void> {
    const changes = Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1));
    await this.#db.batch([
      this.#next(widgetId),
      ...changes.map(([key, text]) => (text === null
        ? { sql: `DELETE FROM ${this.#table} WHERE widget_id = ? AND locale = ? AND text_key = ?`, bindings: [widgetId, locale, key] }
        : { sql: `REPLACE INTO ${this.#table} (widget_id, locale, text_key, own_text) VALUES (?, ?, ?, ?)`, bindings: [widgetId, locale, key, text] })),
    ]);
  }

  async clear(widgetId: string, locale: string): Promise<void> {
    await this.#db.batch([
      this.#next(widgetId),
      { sql: `DELETE FROM ${this.#table} WHERE widget_id = ? AND locale = ?`, bindings: [widgetId, locale] },
    ]);
  }

  /** First, so that of two writers one waits for the other. */
  #next(widgetId: string) {
    return { sql: `UPDATE ${this.#db.table('widgets')} SET texts_version = texts_version + 1 WHERE id = ?`, bindings: [widgetId] };
  }
}
