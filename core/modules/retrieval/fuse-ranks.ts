import type { Ranked } from './rank-passages.ts';
import type { ByMeaning } from './search-meaning.ts';

/** How much the first places are worth over the next (reciprocal rank fusion). */
const evenness = 60;
/** Likeness below the one says nothing, above the other everything. */
const likeness = { least: 0.2, most: 0.85 };

/** One order out of two: by words and by meaning. The score of a passage then speaks of both. */
export function fuseRanks(byWords: readonly Ranked[], byMeaning: ByMeaning): Ranked[] {
  if (byMeaning.size === 0) return [...byWords];
  const place = new Map([...byMeaning.keys()].map((id, index) => [id, index]));
  const worth = new Map<Ranked, number>();
  let words = 0;
  for (const item of byWords) {
    const meaning = place.get(item.candidate.id);
    worth.set(item, (item.coverage > 0 ? 1 / (evenness + words) : 0) + (meaning === undefined ? 0 : 1 / (evenness + meaning)));
    if (item.coverage > 0) words += 1;
  }
  let least = 1;
  return [...byWords].sort((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0) || a.candidate.id - b.candidate.id).map((item) => {
    const alike = ((byMeaning.get(item.candidate.id) ?? 0) - likeness.least) / (likeness.most - likeness.least);
    least = Math.min(least, Math.max(item.score, (item.score + Math.max(0, Math.min(1, alike))) / 2));
    return { ...item, score: least };
  });
}

/** Both lead to one document: surer. They lead apart: less sure. */
export function adjustConfidence(confidence: number, fused: readonly Ranked[], byMeaning: ByMeaning): number {
  const [first] = byMeaning.keys();
  const nearest = fused.find(({ candidate }) => candidate.id === first);
  const [best] = fused;
  if (!nearest || !best || confidence <= 5) return confidence;
  const isSame = nearest.candidate.document_id === best.candidate.document_id && nearest.candidate.kind === best.candidate.kind;
  return Math.round(isSame ? confidence + (100 - confidence) * 0.3 : confidence * 0.8);
}
