import type { DatabaseApi } from '@plugboard/sdk';
import type { Scores } from '../assistants/assistant.schema.ts';
import { newId } from '../ids.ts';
import type { BenchCaseDto, BenchResult, BenchRunDto, CaseBody, CasePatch } from './bench.schema.ts';

/** `operatorId`: in whose place texts for signed-in people are read. */
type CaseConfig = Pick<CaseBody, 'questions' | 'expect' | 'facts' | 'audience'> & { operatorId?: string | null };
export interface BenchCase extends CaseConfig { id: string; brandId: string; locale: string; isEnabled: boolean; origin: BenchCaseDto['origin']; originId: string | null; createdAt: number; updatedAt: number }
export interface BenchRun { id: string; assistantId: string; state: BenchRunDto['state']; cause: BenchRunDto['trigger']; promptVersion: string | null; model: string | null; caseCount: number; scores: Scores | null; costMicros: number; createdAt: number; endedAt: number | null }

interface CaseRow { id: string; brand_id: string; locale: string; config: string; is_enabled: number; origin: BenchCaseDto['origin']; origin_id: string | null; created_at: number | string; updated_at: number | string }
interface RunRow { id: string; assistant_id: string; state: BenchRun['state']; cause: BenchRun['cause']; prompt_version: string | null; model: string | null; case_count: number; scores: string | null; cost_micros: number | string; created_at: number | string; ended_at: number | string | null }

const toCase = (row: CaseRow): BenchCase => ({
  ...JSON.parse(row.config) as CaseConfig, id: row.id, brandId: row.brand_id, locale: row.locale, isEnabled: Number(row.is_enabled) === 1, origin: row.origin, originId: row.origin_id,
  createdAt: Number(row.created_at), updatedAt: Number(row.updated_at),
});
const toRun = (row: RunRow): BenchRun => ({
  id: row.id, assistantId: row.assistant_id, state: row.state, cause: row.cause, promptVersion: row.prompt_version, model: row.model, caseCount: Number(row.case_count),
  scores: row.scores === null ? null : JSON.parse(row.scores) as Scores, costMicros: Number(row.cost_micros), createdAt: Number(row.created_at), endedAt: row.ended_at === null ? null : Number(row.ended_at),
});
const configOf = ({ questions, expect, facts, audience, operatorId = null }: CaseConfig): string => JSON.stringify({ questions, expect, facts, audience, operatorId });

interface Listing { limit: number; cursor?: string | undefined }

/** Reads and writes of `p_ai_bench_cases`, `p_ai_bench_runs` and `p_ai_bench_results`. */
export class BenchStore {
  readonly #db: DatabaseApi;
  readonly #cases: string;
  readonly #runs: string;
  readonly #results: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#cases = db.table('bench_cases');
    this.#runs = db.table('bench_runs');
    this.#results = db.table('bench_results');
  }

  async cases({ brandId, limit, cursor, reach }: Listing & { brandId?: string | undefined; reach: ReadonlySet<string> }): Promise<{ data: BenchCase[]; nextCursor: string | null }> {
    if (reach.size === 0) return { data: [], nextCursor: null };
    const rows = await this.#db.query<CaseRow>(`SELECT * FROM ${this.#cases} WHERE id > ? AND brand_id IN (${[...reach].map(() => '?').join(', ')})${brandId ? ' AND brand_id = ?' : ''} ORDER BY id LIMIT ?`, [cursor ?? '', ...reach, ...(brandId ? [brandId] : []), limit + 1]);
    const data = rows.slice(0, limit).map(toCase);
    return { data, nextCursor: rows.length > limit ? data.at(-1)?.id ?? null : null };
  }

  async enabledCases(brandIds: string[] | 'all'): Promise<BenchCase[]> {
    const rows = await this.#db.query<CaseRow>(`SELECT * FROM ${this.#cases} WHERE is_enabled = 1 ORDER BY id LIMIT 500`);
    return rows.map(toCase).filter(({ brandId }) => brandIds === 'all' || brandIds.includes(brandId));
  }

  async caseById(id: string): Promise<BenchCase | null> {
    const [row] = await this.#db.query<CaseRow>(`SELECT * FROM ${this.#cases} WHERE id = ?`, [id]);
    return row ? toCase(row) : null;
  }

  async hasOrigin(originId: string): Promise<boolean> {
    return (await this.#db.query(`SELECT id FROM ${this.#cases} WHERE origin_id = ? LIMIT 1`, [originId])).length > 0;
  }

  async addCase(input: CaseBody & Pick<CaseConfig, 'operatorId'>, from: { origin: BenchCase['origin']; originId?: string; isEnabled?: boolean } = { origin: 'hand' }): Promise<BenchCase> {
    const id = newId();
    const now = Date.now();
    await this.#db.run(`INSERT INTO ${this.#cases} (id, brand_id, locale, config, is_enabled, origin, origin_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, input.brandId, input.locale, configOf(input), from.isEnabled === false ? 0 : 1, from.origin, from.originId ?? null, now, now]);
    return await this.caseById(id) as BenchCase;
  }

  async changeCase(present: BenchCase, patch: CasePatch & Pick<CaseConfig, 'operatorId'>): Promise<BenchCase> {
    const next = { ...present, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) } as BenchCase;
    await this.#db.run(`UPDATE ${this.#cases} SET brand_id = ?, locale = ?, config = ?, is_enabled = ?, updated_at = ? WHERE id = ?`, [next.brandId, next.locale, configOf(next), next.isEnabled ? 1 : 0, Date.now(), present.id]);
    return await this.caseById(present.id) as BenchCase;
  }

  async removeCase(id: string): Promise<boolean> {
    return await this.#db.run(`DELETE FROM ${this.#cases} WHERE id = ?`, [id]) > 0;
  }

  async addRun(assistantId: string, cause: BenchRun['cause'], caseCount: number): Promise<BenchRun> {
    const id = newId();
    await this.#db.run(`INSERT INTO ${this.#runs} (id, assistant_id, state, cause, case_count, cost_micros, created_at) VALUES (?, ?, 'waiting', ?, ?, 0, ?)`, [id, assistantId, cause, caseCount, Date.now()]);
    return await this.run(id) as BenchRun;
  }

  async run(id: string): Promise<BenchRun | null> {
    const [row] = await this.#db.query<RunRow>(`SELECT * FROM ${this.#runs} WHERE id = ?`, [id]);
    return row ? toRun(row) : null;
  }

  /** The newest first. */
  async runs({ assistantId, limit, cursor }: Listing & { assistantId?: string | undefined }): Promise<{ data: BenchRun[]; nextCursor: string | null }> {
    const before = cursor ? await this.run(cursor) : null;
    const conditions = [...(assistantId ? ['assistant_id = ?'] : []), ...(before ? ['(created_at < ? OR (created_at = ? AND id < ?))'] : [])];
    const bindings = [...(assistantId ? [assistantId] : []), ...(before ? [before.createdAt, before.createdAt, before.id] : [])];
    const rows = await this.#db.query<RunRow>(`SELECT * FROM ${this.#runs}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''} ORDER BY created_at DESC, id DESC LIMIT ?`, [...bindings, limit + 1]);
    const data = rows.slice(0, limit).map(toRun);
    return { data, nextCursor: rows.length > limit ? data.at(-1)?.id ?? null : null };
  }

  async start(id: string): Promise<void> {
    await this.#db.run(`UPDATE ${this.#runs} SET state = 'running' WHERE id = ? AND state <> 'done'`, [id]);
  }

  async end(id: string, end: { state: 'done' | 'failed'; promptVersion: string | null; model: string | null; scores: Scores | null; costMicros: number }): Promise<void> {
    await this.#db.run(`UPDATE ${this.#runs} SET state = ?, prompt_version = ?, model = ?, scores = ?, cost_micros = ?, ended_at = ? WHERE id = ?`,
      [end.state, end.promptVersion, end.model, end.scores === null ? null : JSON.stringify(end.scores), end.costMicros, Date.now(), id]);
  }

  async results(runId: string): Promise<BenchResult[]> {
    return (await this.#db.query<{ result: string }>(`SELECT result FROM ${this.#results} WHERE run_id = ? ORDER BY case_id`, [runId])).map(({ result }) => JSON.parse(result) as BenchResult);
  }

  async countResults(runId: string): Promise<number> {
    const [row] = await this.#db.query<{ done: number | string }>(`SELECT COUNT(*) AS done FROM ${this.#results} WHERE run_id = ?`, [runId]);
    return Number(row?.done ?? 0);
  }

  /** A case that is run again, since its job was cut off, has one result. */
  async addResult(runId: string, result: BenchResult): Promise<void> {
    await this.#db.batch([
      { sql: `DELETE FROM ${this.#results} WHERE run_id = ? AND case_id = ?`, bindings: [runId, result.caseId] },
      { sql: `INSERT INTO ${this.#results} (run_id, case_id, result) VALUES (?, ?, ?)`, bindings: [runId, result.caseId, JSON.stringify(result)] },
    ]);
  }
}
