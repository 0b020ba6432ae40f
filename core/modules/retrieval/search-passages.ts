import type { Passage, ReadAudience } from '@plugboard/sdk';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { chooseClauses } from './choose-clauses.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { adjustConfidence, fuseRanks } from './fuse-ranks.ts';
import { findNearTerms } from './near-terms.ts';
import { findCandidates, readCandidates, readCounts, readTexts, type Reach } from './passage.queries.ts';
import type { PassageRow } from './passage.row.ts';
import { readQuestion, type Question } from './query-concepts.ts';
import { limitPerDocument, rankPassages, weigh, type Ranked, type WeighedConcept } from './rank-passages.ts';
import { rateConfidence } from './rate-confidence.ts';
import { searchMeaning, type ByMeaning } from './search-meaning.ts';
import { readTotals } from './vocabulary.ts';

export interface PassageSearch { query: string; brandId: number; audiences: readonly ReadAudience[]; locale?: string | undefined; limit?: number | undefined }

const usualLimit = 6;
const mostPassages = 20;

/** Where each desk of this process finds its embedding model. */
const models = new WeakMap<Kernel['db'], () => Promise<EmbeddingModel | null>>();
export const searchBy = (kernel: Kernel, model: () => Promise<EmbeddingModel | null>): void => void models.set(kernel.db, model);

export interface Finding { question: Question; concepts: WeighedConcept[]; ranked: Ranked[]; rows: ReadonlyMap<number, PassageRow>; byMeaning: ByMeaning }

/** The passages that answer a question best, of those that its asker may read. */
export async function searchPassages(ctx: ActionContext, search: PassageSearch): Promise<{ passages: Passage[]; confidence: number }> {
  const finding = await find(ctx, search);
  const nothing = { passages: [], confidence: 0 };
  if (!finding) return nothing;
  const { question, concepts, ranked, rows, byMeaning } = finding;
  const passages = ranked.slice(0, limitOf(search)).flatMap((found) => present(found, rows.get(found.candidate.id)));
  return passages.length === 0 ? nothing : { passages, confidence: adjustConfidence(rateConfidence(ranked, concepts, question, rows), ranked, byMeaning) };
}

const limitOf = ({ limit = usualLimit }: PassageSearch): number => Math.max(1, Math.min(mostPassages, Math.trunc(limit)));

/** All that is known of what a question finds; null where there is nothing to look in or to look for. */
export async function find(ctx: ActionContext, search: PassageSearch): Promise<Finding | null> {
  const { query, brandId, audiences, locale } = search;
  const reach: Reach = { brandId, audiences: [...new Set(audiences)] };
  const totals = await readTotals(ctx.db);
  if (totals.passages === 0 || reach.audiences.length === 0) return null;
  const question = readQuestion(query, locale, totals.languages);
  if (question.concepts.length === 0) return null;
  const meaning = startMeaning(ctx, query, reach, totals.generation);
  const passagesOf = await readCounts(ctx.db, [...new Set(question.concepts.flatMap(({ variants, ifMistyped }) => [...variants.keys(), ...ifMistyped.keys()]))]);
  await findNearTerms(ctx.db, question.language, question.concepts, passagesOf);
  const concepts = weigh(question, passagesOf, totals.passages);
  const { dialect } = ctx.kernel.db;
  const byWords = await findCandidates(ctx.db, dialect, reach, chooseClauses(question.concepts, passagesOf));
  const byMeaning = await meaning;
  const known = new Set(byWords.map(({ id }) => id));
  const others = await readCandidates(ctx.db, dialect, reach, [...byMeaning.keys()].filter((id) => !known.has(id)));
  const ordered = rankPassages([...byWords, ...others], question, concepts, totals.terms / totals.passages);
  const ranked = limitPerDocument(fuseRanks(ordered.filter(({ candidate, coverage }) => coverage > 0 || byMeaning.has(candidate.id)), byMeaning));
  const rows = new Map((await readTexts(ctx.db, reach, ranked.slice(0, limitOf(search)).map(({ candidate }) => candidate.id))).map((row) => [row.id, row]));
  return { question, concepts, ranked, rows, byMeaning };
}

/** Asks the model while the database looks for words. */
async function startMeaning(ctx: ActionContext, query: string, reach: Reach, generation: number): Promise<ByMeaning> {
  const model = await models.get(ctx.kernel.db)?.();
  return model ? searchMeaning(ctx, model, query, reach, generation) : new Map();
}

function present({ score }: Ranked, row: PassageRow | undefined): Passage[] {
  if (!row) return [];
  return [{
    id: row.uid, documentId: row.document_id, kind: row.kind, title: row.title, headings: JSON.parse(row.headings) as string[], url: row.url, text: row.text,
    locale: row.locale, audience: row.audience, score: Math.round(score * 1_000) / 1_000,
  }];
}
