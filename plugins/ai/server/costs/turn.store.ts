import type { DatabaseApi } from '@plugboard/sdk';
import { dayOf, iso } from '../fields.ts';
import type { CostQuery, TurnDto } from './cost.schema.ts';

/** Figures of one turn: what came of it and what it took, none of its words. */
export interface TurnRecord {
  id: string; assistantId: string; brandId: string; conversationId: string; contactId: string; lastSeq: number; locale: string; model: string | null; promptVersion: string;
  outcome: 'answered' | 'handed-over' | 'unknown' | 'smalltalk' | 'drafted' | 'failed'; reason: string | null; confidence: number | null; inputTokens: number; outputTokens: number; costMicros: number | null; latencyMs: number;
}
interface Row {
  id: string; assistant_id: string; brand_id: string; conversation_id: string; contact_id: string; last_seq: number | string; locale: string; model: string | null; prompt_version: string; outcome: string; reason: string | null;
  confidence: number | null; input_tokens: number | string; output_tokens: number | string; cost_micros: number | string | null; latency_ms: number; rated_by_contact: 'up' | 'down' | null; rated_by_operator: 'up' | 'down' | null; created_at: number | string;
}
export interface Figures { turns: number; answers: number; handOvers: number; inputTokens: number; outputTokens: number; costMicros: number; averageLatencyMs: number | null; up: number; down: number }

const sums = `COUNT(*) AS turns, SUM(CASE WHEN outcome IN ('answered', 'drafted') THEN 1 ELSE 0 END) AS answers, SUM(CASE WHEN reason IS NULL THEN 0 ELSE 1 END) AS hand_overs,
  SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens, SUM(COALESCE(cost_micros, 0)) AS cost_micros, AVG(latency_ms) AS latency,
  SUM(CASE WHEN rated_by_contact = 'up' OR rated_by_operator = 'up' THEN 1 ELSE 0 END) AS up, SUM(CASE WHEN rated_by_contact = 'down' OR rated_by_operator = 'down' THEN 1 ELSE 0 END) AS down`;

function figuresOf(row: Record<string, unknown>): Figures {
  const count = (name: string): number => Number(row[name] ?? 0);
  return {
    turns: count('turns'), answers: count('answers'), handOvers: count('hand_overs'), inputTokens: count('input_tokens'), outputTokens: count('output_tokens'), costMicros: count('cost_micros'),
    averageLatencyMs: row.latency === null || row.latency === undefined ? null : Math.round(Number(row.latency)), up: count('up'), down: count('down'),
  };
}

/** Reads and writes of `p_ai_turns`. */
export class TurnStore {
  readonly #db: DatabaseApi;
  readonly #table: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#table = db.table('turns');
  }

  async add(turn: TurnRecord, now = Date.now()): Promise<void> {
    const ignore = this.#db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await this.#db.run(`${ignore} INTO ${this.#table} (id, day, assistant_id, brand_id, conversation_id, contact_id, last_seq, locale, model, prompt_version, outcome, reason, confidence, input_tokens, output_tokens, cost_micros, latency_ms, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
      turn.id, dayOf(now), turn.assistantId, turn.brandId, turn.conversationId, turn.contactId, turn.lastSeq, turn.locale, turn.model, turn.promptVersion, turn.outcome, turn.reason, turn.confidence,
      turn.inputTokens, turn.outputTokens, turn.costMicros, turn.latencyMs, now,
    ]);
  }

  async rate(id: string, by: 'contact' | 'operator', rating: 'up' | 'down' | null): Promise<void> {
    await this.#db.run(`UPDATE ${this.#table} SET rated_by_${by === 'contact' ? 'contact' : 'operator'} = ? WHERE id = ?`, [rating, id]);
  }

  async byId(id: string): Promise<Row | null> {
    const [row] = await this.#db.query<Row>(`SELECT * FROM ${this.#table} WHERE id = ?`, [id]);
    return row ?? null;
  }

  /** The newest first. */
  async list({ assistantId, rating, limit, cursor, reach }: { reach: ReadonlySet<string>; assistantId?: string | undefined; rating?: 'up' | 'down' | undefined; limit: number; cursor?: string | undefined }): Promise<{ data: TurnDto[]; nextCursor: string | null }> {
    if (reach.size === 0) return { data: [], nextCursor: null };
    const before = cursor ? await this.byId(cursor) : null;
    const conditions = [
      `brand_id IN (${[...reach].map(() => '?').join(', ')})`,
      ...(assistantId ? ['assistant_id = ?'] : []), ...(rating ? ['(rated_by_contact = ? OR rated_by_operator = ?)'] : []), ...(before ? ['(created_at < ? OR (created_at = ? AND id < ?))'] : []),
    ];
    const bindings = [...reach, ...(assistantId ? [assistantId] : []), ...(rating ? [rating, rating] : []), ...(before ? [before.created_at, before.created_at, before.id] : [])];
    const rows = await this.#db.query<Row>(`SELECT * FROM ${this.#table} WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT ?`, [...bindings, limit + 1]);
    const data = rows.slice(0, limit).map(presentTurn);
    return { data, nextCursor: rows.length > limit ? data.at(-1)?.id ?? null : null };
  }

  async figures({ from, to, by, assistantId, brandId }: CostQuery): Promise<{ total: Figures; rows: ({ key: string } & Figures)[] }> {
    const key = { day: 'day', assistant: 'assistant_id', brand: 'brand_id', model: `COALESCE(model, 'none')` }[by];
    const conditions = ['day >= ?', 'day <= ?', ...(assistantId ? ['assistant_id = ?'] : []), ...(brandId ? ['brand_id = ?'] : [])].join(' AND ');
    const bindings = [from, to, ...(assistantId ? [assistantId] : []), ...(brandId ? [brandId] : [])];
    const rows = await this.#db.query<Record<string, unknown>>(`SELECT ${key} AS group_key, ${sums} FROM ${this.#table} WHERE ${conditions} GROUP BY ${key} ORDER BY group_key LIMIT 500`, bindings);
    const [total] = await this.#db.query<Record<string, unknown>>(`SELECT ${sums} FROM ${this.#table} WHERE ${conditions}`, bindings);
    return { total: figuresOf(total ?? {}), rows: rows.map((row) => ({ key: String(row.group_key), ...figuresOf(row) })) };
  }

  async sweep(now: number): Promise<void> {
    await this.#db.run(`DELETE FROM ${this.#table} WHERE day < ?`, [dayOf(now - 400 * 24 * 3_600_000)]);
  }
}

const presentTurn = (row: Row): TurnDto => ({
  id: row.id, assistantId: row.assistant_id, brandId: row.brand_id, conversationId: row.conversation_id, model: row.model, promptVersion: row.prompt_version, outcome: row.outcome, reason: row.reason,
  confidence: row.confidence === null ? null : Number(row.confidence), inputTokens: Number(row.input_tokens), outputTokens: Number(row.output_tokens), costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
  latencyMs: Number(row.latency_ms), rating: { contact: row.rated_by_contact, operator: row.rated_by_operator }, createdAt: iso(row.created_at),
});
