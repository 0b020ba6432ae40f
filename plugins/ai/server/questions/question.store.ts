import type { DatabaseApi } from '@plugboard/sdk';
import { newId } from '../ids.ts';
import type { Question, QuestionExample, QuestionListQuery, QuestionState } from './question.schema.ts';

interface Row { id: string; brand_id: string; locale: string; title: string; terms: string; count: number | string; state: QuestionState; first_seen_at: number | string; last_seen_at: number | string; article_id: string | null }
interface ExampleRow { run_id: string; text: string; conversation_id: string; contact_id: string; reason: string | null; created_at: number | string }

const toQuestion = (row: Row): Question => ({
  id: row.id, brandId: row.brand_id, locale: row.locale, title: row.title, terms: row.terms.split(' '), count: Number(row.count), state: row.state,
  firstSeenAt: Number(row.first_seen_at), lastSeenAt: Number(row.last_seen_at), articleId: row.article_id,
});
const toExample = (row: ExampleRow): QuestionExample => ({ runId: row.run_id, text: row.text, conversationId: row.conversation_id, contactId: row.contact_id, reason: row.reason, createdAt: Number(row.created_at) });

const examplesKept = 20;

/** Reads and writes of `p_ai_questions` and of their wordings. */
export class QuestionStore {
  readonly #db: DatabaseApi;
  readonly #questions: string;
  readonly #examples: string;

  constructor(db: DatabaseApi) {
    this.#db = db;
    this.#questions = db.table('questions');
    this.#examples = db.table('question_examples');
  }

  async list({ state, brandId, locale, sort, limit, cursor, reach }: QuestionListQuery & { reach: ReadonlySet<string> }): Promise<{ data: Question[]; nextCursor: string | null }> {
    const column = sort === 'count' ? 'count' : 'last_seen_at';
    if (reach.size === 0) return { data: [], nextCursor: null };
    const conditions = ['state = ?', `brand_id IN (${[...reach].map(() => '?').join(', ')})`];
    const bindings: unknown[] = [state, ...reach];
    for (const [name, value] of [['brand_id', brandId], ['locale', locale]] as const) {
      if (value === undefined) continue;
      conditions.push(`${name} = ?`);
      bindings.push(value);
    }
    const [key, id] = (cursor ?? '').split('.');
    if (key && id && /^\d+$/.test(key)) {
      conditions.push(`(${column} < ? OR (${column} = ? AND id < ?))`);
      bindings.push(Number(key), Number(key), id);
    }
    const rows = await this.#db.query<Row>(`SELECT * FROM ${this.#questions} WHERE ${conditions.join(' AND ')} ORDER BY ${column} DESC, id DESC LIMIT ?`, [...bindings, limit + 1]);
    const data = rows.slice(0, limit).map(toQuestion);
    const last = data.at(-1);
    return { data, nextCursor: rows.length > limit && last ? `${sort === 'count' ? last.count : last.lastSeenAt}.${last.id}` : null };
  }

  async byId(id: string): Promise<Question | null> {
    const [row] = await this.#db.query<Row>(`SELECT * FROM ${this.#questions} WHERE id = ?`, [id]);
    return row ? toQuestion(row) : null;
  }

  /** The newest of a brand and language, among which a new question looks for its like. */
  async newest(brandId: string, locale: string, limit: number): Promise<Question[]> {
    return (await this.#db.query<Row>(`SELECT * FROM ${this.#questions} WHERE brand_id = ? AND locale = ? ORDER BY last_seen_at DESC LIMIT ?`, [brandId, locale, limit])).map(toQuestion);
  }

  async examples(questionId: string): Promise<QuestionExample[]> {
    return (await this.#db.query<ExampleRow>(`SELECT * FROM ${this.#examples} WHERE question_id = ? ORDER BY created_at DESC LIMIT ?`, [questionId, examplesKept])).map(toExample);
  }

  /** Counts a question; of one turn only once, however often it is told. A group that was done opens again. */
  async count(group: Pick<Question, 'id'> | { brandId: string; locale: string; title: string; terms: string[] }, example: QuestionExample): Promise<string | null> {
    const [known] = await this.#db.query(`SELECT run_id FROM ${this.#examples} WHERE run_id = ?`, [example.runId]);
    if (known) return null;
    const isNew = !('id' in group);
    const id = isNew ? newId() : group.id;
    const addExample = {
      sql: `INSERT INTO ${this.#examples} (run_id, question_id, text, conversation_id, contact_id, reason, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      bindings: [example.runId, id, example.text, example.conversationId, example.contactId, example.reason, example.createdAt],
    };
    const addGroup = isNew
      ? {
        sql: `INSERT INTO ${this.#questions} (id, brand_id, locale, title, terms, count, state, first_seen_at, last_seen_at, article_id) VALUES (?, ?, ?, ?, ?, 1, 'open', ?, ?, NULL)`,
        bindings: [id, group.brandId, group.locale, group.title.slice(0, 300), group.terms.join(' ').slice(0, 1_000), example.createdAt, example.createdAt],
      }
      : { sql: `UPDATE ${this.#questions} SET count = count + 1, last_seen_at = ?, state = CASE WHEN state = 'done' THEN 'open' ELSE state END WHERE id = ?`, bindings: [example.createdAt, id] };
    await this.#db.batch([addExample, addGroup]);
    await this.#keepNewest(id);
    return id;
  }

  /** Two groups that were begun at the same moment become one: whoever sees both does it, and doing it twice changes nothing more. */
  async merge(from: string, into: string): Promise<void> {
    const countOf = `(SELECT n FROM (SELECT count AS n FROM ${this.#questions} WHERE id = ?) other)`;
    await this.#db.batch([
      { sql: `UPDATE ${this.#questions} SET count = count + COALESCE(${countOf}, 0) WHERE id = ?`, bindings: [from, into] },
      { sql: `UPDATE ${this.#examples} SET question_id = ? WHERE question_id = ?`, bindings: [into, from] },
      { sql: `DELETE FROM ${this.#questions} WHERE id = ?`, bindings: [from] },
    ]);
  }

  async setState(id: string, state: QuestionState): Promise<boolean> {
    return await this.#db.run(`UPDATE ${this.#questions} SET state = ? WHERE id = ?`, [state, id]) > 0;
  }

  async setArticle(id: string, articleId: string): Promise<void> {
    await this.#db.run(`UPDATE ${this.#questions} SET article_id = ?, state = 'done' WHERE id = ?`, [articleId, id]);
  }

  async #keepNewest(id: string): Promise<void> {
    const rows = await this.#db.query<{ created_at: number | string }>(`SELECT created_at FROM ${this.#examples} WHERE question_id = ? ORDER BY created_at DESC LIMIT ?`, [id, examplesKept + 1]);
    const last = rows[examplesKept];
    if (last) await this.#db.run(`DELETE FROM ${this.#examples} WHERE question_id = ? AND created_at <= ?`, [id, Number(last.created_at)]);
  }
}
