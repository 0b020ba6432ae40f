import type { Knex } from 'knex';
import { execute, selectRows } from '../../kernel/db/statement.ts';

const batch = 200;
const headLetters = 2;
const tailLetters = 3;

export const headOf = (term: string): string => [...term].slice(0, headLetters).join('');
export const tailOf = (term: string): string => [...term].slice(-tailLetters).join('');

/** How a change moves the counts; nothing is written before `store`. */
export class CountChange {
  readonly #terms = new Map<string, number>();
  readonly #totals = new Map<string, { passages: number; terms: number }>();

  /** `by`: 1 for a new passage, -1 for one that goes. */
  add(terms: Iterable<string>, language: string, length: number, by: 1 | -1): void {
    for (const term of terms) this.#terms.set(term, (this.#terms.get(term) ?? 0) + by);
    const total = this.#totals.get(language) ?? { passages: 0, terms: 0 };
    this.#totals.set(language, { passages: total.passages + by, terms: total.terms + by * length });
  }

  /** In the order of the terms, so that two who write at once wait for each other instead of locking each other out. */
  async store(db: Knex): Promise<void> {
    const changed = [...this.#terms].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
    for (let from = 0; from < changed.length; from += batch) await moveTerms(db, changed.slice(from, from + batch));
    await dropUnused(db, changed.filter(([, by]) => by < 0).map(([term]) => term));
    for (const [language, { passages, terms }] of [...this.#totals].sort(([a], [b]) => (a < b ? -1 : 1))) await moveTotal(db, `language:${language}`, passages, terms);
  }
}

const isMysql = (db: Knex): boolean => (db.client as { dialect: string }).dialect === 'mysql';

async function moveTerms(db: Knex, changes: readonly [string, number][]): Promise<void> {
  const rows = changes.map(() => '(?, ?, ?, ?, ?)').join(', ');
  const merge = isMysql(db) ? 'ON DUPLICATE KEY UPDATE passages = passages + VALUES(passages)' : 'ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages';
  await execute(db, `INSERT INTO passage_terms (term, passages, head, tail, letters) VALUES ${rows} ${merge}`,
    changes.flatMap(([term, by]) => [term, by, headOf(term), tailOf(term), [...term].length]));
}

async function dropUnused(db: Knex, terms: readonly string[]): Promise<void> {
  for (let from = 0; from < terms.length; from += batch) {
    const some = terms.slice(from, from + batch);
    await execute(db, `DELETE FROM passage_terms WHERE term IN (${some.map(() => '?').join(', ')}) AND passages <= 0`, some);
  }
}

async function moveTotal(db: Knex, name: string, passages: number, terms: number): Promise<void> {
  const merge = isMysql(db) ? 'ON DUPLICATE KEY UPDATE passages = passages + VALUES(passages), terms = terms + VALUES(terms)'
    : 'ON CONFLICT (name) DO UPDATE SET passages = passages + excluded.passages, terms = terms + excluded.terms';
  await execute(db, `INSERT INTO passage_totals (name, passages, terms) VALUES (?, ?, ?) ${merge}`, [name, passages, terms]);
}

/** Tells every process that what it remembers of the passages is old. */
export const raiseGeneration = (db: Knex): Promise<void> => moveTotal(db, 'generation', 1, 0);

export interface Totals { generation: number; passages: number; terms: number; languages: string[] }

export async function readTotals(db: Knex): Promise<Totals> {
  const rows = await selectRows<{ name: string; passages: number; terms: number }>(db, 'SELECT name, passages, terms FROM passage_totals');
  const languages = rows.filter(({ name, passages }) => name.startsWith('language:') && Number(passages) > 0);
  return {
    generation: Number(rows.find(({ name }) => name === 'generation')?.passages ?? 0),
    passages: languages.reduce((sum, { passages }) => sum + Number(passages), 0),
    terms: languages.reduce((sum, { terms }) => sum + Number(terms), 0),
    languages: languages.sort((a, b) => Number(b.passages) - Number(a.passages)).map(({ name }) => name.slice('language:'.length)),
  };
}
