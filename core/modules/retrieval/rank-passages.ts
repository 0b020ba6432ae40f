import type { Candidate } from './passage.queries.ts';
import type { Concept, Question } from './query-concepts.ts';
import { rankWeights } from './rank-weights.ts';
import { encodeTerm } from './text/encode-term.ts';
import { languageOf } from './text/languages.ts';

/** A notion of the question with its weight: how rare it is, and how much its word says. */
export interface WeighedConcept { concept: Concept; weight: number; /** No text has it. */ readonly isUnknown: boolean }

export interface Ranked {
  candidate: Candidate;
  /** 0…1. */
  score: number;
  /** How surely each notion of the question is in it, 0…1. */
  found: number[];
  /** Of the weight of all notions, what is found at all, in its title, close together. */
  coverage: number;
  inTitle: number;
  nearness: number;
  /** How much of the title the question speaks of. */
  titleFocus: number;
}

const perDocument = 2;
const nearBy = 4;

export function weigh(question: Question, passagesOf: ReadonlyMap<string, number>, passages: number): WeighedConcept[] {
  return question.concepts.map((concept) => {
    const having = Math.min(passages, [...concept.variants].reduce((sum, [term, weight]) => sum + (weight > 0.5 ? (passagesOf.get(term) ?? 0) * (weight < 0.9 ? rankWeights.alike : 1) : 0), 0));
    const idf = Math.log(1 + (passages + rankWeights.prior - having + 0.5) / (having + 0.5 + (concept.isLight ? rankWeights.lightPrior : 0)));
    const share = concept.share * (concept.isVague ? rankWeights.vague : 1) * (concept.isNumber ? rankWeights.number : 1);
    return { concept, weight: idf ** rankWeights.rarityPower * share, isUnknown: having === 0 || concept.isGuessed };
  });
}

interface Context { concepts: readonly WeighedConcept[]; total: number; byTerm: ReadonlyMap<string, [number, number][]>; averageLength: number; language: string }

/** Orders the candidates by how well they answer; at most two of one document come first. */
export function rankPassages(candidates: readonly Candidate[], question: Question, concepts: readonly WeighedConcept[], averageLength: number): Ranked[] {
  const byTerm = new Map<string, [number, number][]>();
  concepts.forEach(({ concept }, index) => {
    for (const [term, weight] of concept.variants) {
      const key = encodeTerm(term);
      byTerm.set(key, [...byTerm.get(key) ?? [], [index, weight]]);
    }
  });
  raiseTopics(candidates, concepts, byTerm);
  const total = concepts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const context = { concepts, total, byTerm, averageLength: Math.max(1, averageLength), language: question.language };
  return candidates.map((candidate) => rankOne(candidate, context)).sort((a, b) => b.score - a.score || a.candidate.id - b.candidate.id);
}

/** Words of the question that titles are made of name what it is about; the others may have come by chance. */
function raiseTopics(candidates: readonly Candidate[], concepts: readonly WeighedConcept[], byTerm: ReadonlyMap<string, [number, number][]>): void {
  const inTitles = concepts.map(() => 0);
  for (const { terms } of candidates) {
    for (const term of terms.slice(0, terms.indexOf('|')).split(' ')) for (const [index, weight] of byTerm.get(term) ?? []) inTitles[index] = Math.max(inTitles[index] ?? 0, weight);
  }
  concepts.forEach((item, index) => {
    item.weight *= 1 + rankWeights.topic * (inTitles[index] ?? 0);
  });
}

/** Not more than two of one document, so that a long one does not hide the others. */
export function limitPerDocument(ranked: readonly Ranked[]): Ranked[] {
  const counts = new Map<string, number>();
  return ranked.filter(({ candidate: { kind, document_id: id } }) => {
    const key = `${kind} ${id}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= perDocument;
  });
}

interface Seen { frequency: number[]; quality: number[]; inTitle: number[]; places: number[][]; titleHits: number }

function look(candidate: Candidate, { byTerm, concepts, averageLength }: Context): Seen & { titleLength: number } {
  const seen: Seen = { frequency: concepts.map(() => 0), quality: concepts.map(() => 0), inTitle: concepts.map(() => 0), places: concepts.map(() => []), titleHits: 0 };
  const parts = candidate.terms.split('|');
  let titleLength = 0;
  const norm = 1 - rankWeights.lengthShare + rankWeights.lengthShare * (candidate.term_count / averageLength);
  (['title', 'headings', 'tags', 'text'] as const).forEach((field, part) => {
    const terms = (parts[part] ?? '').trim().split(' ').filter(Boolean);
    if (field === 'title') titleLength = terms.length;
    terms.forEach((term, place) => {
      const hits = byTerm.get(term);
      if (!hits) return;
      if (field === 'title') seen.titleHits += 1;
      for (const [index, weight] of hits) {
        seen.frequency[index] = (seen.frequency[index] ?? 0) + (rankWeights[field] * weight) / (field === 'text' ? norm : 1);
        seen.quality[index] = Math.max(seen.quality[index] ?? 0, weight);
        if (field === 'title') seen.inTitle[index] = Math.max(seen.inTitle[index] ?? 0, weight);
        seen.places[index]?.push(place + part * 100_000);
      }
    });
  });
  return { ...seen, titleLength };
}

function rankOne(candidate: Candidate, context: Context): Ranked {
  const { concepts, total, language } = context;
  const seen = look(candidate, context);
  const sum = (of: (index: number) => number) => concepts.reduce((before, { weight }, index) => before + weight * of(index), 0) / total;
  const coverage = sum((index) => seen.quality[index] ?? 0);
  const strength = sum((index) => (seen.quality[index] ?? 0) * saturate(seen.frequency[index] ?? 0));
  const inTitle = sum((index) => seen.inTitle[index] ?? 0);
  const nearness = nearnessOf(seen.places, concepts);
  const titleFocus = seen.titleLength === 0 ? 0 : Math.min(1, seen.titleHits / seen.titleLength);
  const share = rankWeights;
  const base = share.strength * strength + share.coverage * coverage + share.inTitle * inTitle + share.nearness * nearness + share.titleFocus * titleFocus * Math.min(1, inTitle * 3);
  const bonus = languageOf(candidate.locale) === language ? share.sameLanguage * Math.min(1, coverage * 2) : 0;
  return { candidate, score: Math.min(1, base + bonus), found: seen.quality, coverage, inTitle, nearness, titleFocus };
}

const saturate = (frequency: number): number => frequency / (frequency + rankWeights.saturation);

/** Of the neighbours in the question, how much stands close together in the passage too. */
function nearnessOf(places: readonly number[][], concepts: readonly WeighedConcept[]): number {
  let near = 0;
  let all = 0;
  for (let index = 0; index + 1 < concepts.length; index += 1) {
    const weight = Math.min(concepts[index]?.weight ?? 0, concepts[index + 1]?.weight ?? 0);
    all += weight;
    const gap = leastGap(places[index] ?? [], places[index + 1] ?? []);
    if (gap <= nearBy) near += weight * (gap <= 1 ? 1 : 1 - (gap - 1) / (nearBy + 1));
  }
  return all === 0 ? 0 : near / all;
}

/** Both lists ascend. */
function leastGap(first: readonly number[], second: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    const a = first[i] ?? 0;
    const b = second[j] ?? 0;
    if (a !== b) least = Math.min(least, Math.abs(a - b));
    if (a < b) i += 1;
    else j += 1;
  }
  return least;
}
