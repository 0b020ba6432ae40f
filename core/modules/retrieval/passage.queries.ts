import type { DocumentKind, ReadAudience } from '@plugboard/sdk';
import type { Knex } from 'knex';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { PassageRow } from './passage.row.ts';
import { encodeTerm } from './text/encode-term.ts';

type Dialect = 'sqlite' | 'mysql';

/** Whose passages may be found. Every statement that reads passages for somebody carries it. */
export interface Reach { brandId: number; audiences: readonly ReadAudience[] }

export interface Candidate { id: number; kind: DocumentKind; document_id: string; locale: string; term_count: number; terms: string }

export const mostCandidates = 150;

const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');
const reachSql = ({ audiences }: Reach): string => `(p.brand_id = ? OR p.brand_id IS NULL) AND p.audience IN (${marks(audiences)})`;
const reachBindings = ({ brandId, audiences }: Reach): Binding[] => [brandId, ...audiences];

export async function readCounts(db: Knex, terms: readonly string[]): Promise<Map<string, number>> {
  if (terms.length === 0) return new Map();
  const rows = await selectRows<{ term: string; passages: number }>(db, `SELECT term, passages FROM passage_terms WHERE term IN (${marks(terms)})`, terms);
  return new Map(rows.map(({ term, passages }) => [term, Number(passages)]));
}

/** Any of the terms, or all of a list that stands in it. */
export type Clause = string | readonly string[];

/** In the words of the engine: nothing but encoded terms comes into it. */
export function matchOf(dialect: Dialect, clauses: readonly Clause[]): string {
  const written = clauses.map((clause) => (typeof clause === 'string' ? encodeTerm(clause) : clause.map(encodeTerm)));
  if (dialect === 'sqlite') return written.map((clause) => (typeof clause === 'string' ? clause : `(${clause.join(' AND ')})`)).join(' OR ');
  return written.map((clause) => (typeof clause === 'string' ? clause : `(${clause.map((term) => `+${term}`).join(' ')})`)).join(' ');
}

export function candidatesSql(dialect: Dialect, reach: Reach): string {
  const best = dialect === 'sqlite'
    ? `SELECT s.rowid AS id FROM passage_search s CROSS JOIN passages p ON p.id = s.rowid WHERE passage_search MATCH ? AND ${reachSql(reach)} ORDER BY s.rank, s.rowid LIMIT ${mostCandidates}`
    : `SELECT s.rowid AS id FROM passage_search s STRAIGHT_JOIN passages p ON p.id = s.rowid WHERE MATCH(s.terms) AGAINST (? IN BOOLEAN MODE) AND ${reachSql(reach)} ORDER BY MATCH(s.terms) AGAINST (? IN BOOLEAN MODE) DESC, s.rowid LIMIT ${mostCandidates}`;
  const join = dialect === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
  return `SELECT p.id, p.kind, p.document_id, p.locale, p.term_count, s.terms FROM (${best}) b ${join} passages p ON p.id = b.id ${join} passage_search s ON s.rowid = b.id WHERE ${reachSql(reach)}`;
}

export async function findCandidates(db: Knex, dialect: Dialect, reach: Reach, clauses: readonly Clause[]): Promise<Candidate[]> {
  if (clauses.length === 0 || reach.audiences.length === 0) return [];
  const match = matchOf(dialect, clauses);
  const within = reachBindings(reach);
  return selectRows<Candidate>(db, candidatesSql(dialect, reach), [match, ...within, ...(dialect === 'mysql' ? [match] : []), ...within]);
}

export const candidatesByIdSql = (dialect: Dialect, reach: Reach, count: number): string =>
  `SELECT p.id, p.kind, p.document_id, p.locale, p.term_count, s.terms FROM passages p ${dialect === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN'} passage_search s ON s.rowid = p.id WHERE p.id IN (${Array.from({ length: count }, () => '?').join(', ')}) AND ${reachSql(reach)}`;

export async function readCandidates(db: Knex, dialect: Dialect, reach: Reach, ids: readonly number[]): Promise<Candidate[]> {
  if (ids.length === 0 || reach.audiences.length === 0) return [];
  return selectRows<Candidate>(db, candidatesByIdSql(dialect, reach, ids.length), [...ids, ...reachBindings(reach)]);
}

export const textsSql = (reach: Reach, count: number): string => `SELECT p.* FROM passages p WHERE p.id IN (${Array.from({ length: count }, () => '?').join(', ')}) AND ${reachSql(reach)}`;

/** The passages themselves, asked once more whether they may be read. */
export async function readTexts(db: Knex, reach: Reach, ids: readonly number[]): Promise<PassageRow[]> {
  if (ids.length === 0 || reach.audiences.length === 0) return [];
  return selectRows<PassageRow>(db, textsSql(reach, ids.length), [...ids, ...reachBindings(reach)]);
}

export async function countPassages(db: Knex, of: { sourceId: string } | { kind: DocumentKind; id: string }): Promise<number> {
  const [row] = 'sourceId' in of
    ? await selectRows<{ passages: number }>(db, 'SELECT count(*) AS passages FROM passages WHERE source_id = ?', [of.sourceId])
    : await selectRows<{ passages: number }>(db, 'SELECT count(*) AS passages FROM passages WHERE kind = ? AND document_id = ?', [of.kind, of.id]);
  return Number(row?.passages ?? 0);
}
