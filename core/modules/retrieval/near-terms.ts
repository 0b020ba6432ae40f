import type { Knex } from 'knex';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import { put, type Concept } from './query-concepts.ts';
import { editDistance } from './text/edit-distance.ts';
import { isPaired } from './text/words-of.ts';
import { isCompounding } from './text/languages.ts';
import { stopLists, vagueLists } from './text/stop-words.ts';
import { headOf, tailOf } from './vocabulary.ts';

const mostWords = 8;
const mostRows = 1_200;
const shortest = 4;
const mostAlike = 3;

interface Known { term: string; passages: number }

/** What a term may be meant as, with its weight. */
interface Guess extends Known { weight: number }

/** Short names have many neighbours; what is nearest to `Paris` is no place. */
const shortestName = 6;

const canBeMistyped = ({ word, own, isName }: Concept): boolean => word.length >= (isName ? shortestName : shortest) && own.size === 1 && !/[\d\s]/.test(word) && !isPaired(word);

/**
 * Looks for words that exist and are almost those of the question which do not: mistyped ones, and in languages that write
 * compounds, words that one is a part of. A mistyped little word is told apart, so that it counts for nothing.
 */
export async function findNearTerms(db: Knex, language: string, concepts: readonly Concept[], passagesOf: Map<string, number>): Promise<void> {
  const unknown = concepts.filter((concept) => !isKnown(concept, passagesOf, isCompounding(language) ? 2 : 0) && canBeMistyped(concept));
  for (const concept of unknown) if (isMistypedLittle(concept.word, language)) concept.isVague = true;
  const wanted = unknown.filter(({ isVague: little }) => !little).slice(0, mostWords);
  if (wanted.length === 0) return;
  const rows = await readNear(db, wanted, isCompounding(language));
  for (const { term, passages } of rows) passagesOf.set(term, Number(passages));
  for (const concept of wanted) {
    concept.isGuessed = !isKnown(concept, passagesOf);
    for (const { term, weight } of guessesFor(concept, rows, language)) put(concept, term, weight);
    if (concept.isGuessed) for (const [term, weight] of concept.ifMistyped) put(concept, term, weight);
  }
}

const isKnown = ({ own, variants }: Concept, passagesOf: ReadonlyMap<string, number>, atMost = 0): boolean =>
  [...variants].some(([term, weight]) => weight >= 0.7 || own.has(term) ? (passagesOf.get(term) ?? 0) > atMost : false);

/** One letter too many or too few, two that changed places, and in longer words a wrong one. */
const isLittleMistyped = (word: string, little: string): boolean =>
  little.length >= shortest && (Math.abs(little.length - word.length) === 1 || isSwapped(little, word) || (little.length === word.length && word.length > 5)) && editDistance(word, little, 1) === 1;
const isMistypedLittle = (word: string, language: string): boolean => [stopLists, vagueLists].some((lists) => [...lists.get(language) ?? []].some((little) => isLittleMistyped(word, little)));

export function nearSql(count: number): string {
  const columns = 'SELECT term, passages FROM passage_terms WHERE';
  return Array.from({ length: count }, (_, index) => `SELECT * FROM (${columns} head = ? AND letters BETWEEN ? AND ? LIMIT ${mostRows}) h${index} UNION ALL SELECT * FROM (${columns} tail = ? AND letters BETWEEN ? AND ? LIMIT ${mostRows}) t${index}`).join(' UNION ALL ');
}

async function readNear(db: Knex, concepts: readonly Concept[], withCompounds: boolean): Promise<Known[]> {
  const bindings = concepts.flatMap((concept): Binding[] => {
    const term = ownTerm(concept);
    const letters = [...term].length;
    const [least, most] = withCompounds ? [shortest, letters + 12] : [letters - 4, letters + 2];
    return [headOf(term), least, most, tailOf(term), least, most];
  });
  const rows = await selectRows<Known>(db, nearSql(concepts.length), bindings);
  return [...new Map(rows.map((row) => [row.term, row])).values()];
}

const ownTerm = ({ own, word }: Concept): string => [...own][0] ?? word;

function guessesFor(concept: Concept, rows: readonly Known[], language: string): Guess[] {
  const term = ownTerm(concept);
  const guesses = rows.flatMap((row): Guess[] => {
    const weight = Math.max(mistyped(concept.word, term, row.term), isCompounding(language) ? partOf(term, row.term) : 0);
    return weight > 0 ? [{ ...row, weight }] : [];
  });
  const best = Math.max(0, ...guesses.map(({ weight }) => weight));
  return guesses.filter(({ weight }) => weight >= best - 0.15).sort((a, b) => b.weight - a.weight || Number(b.passages) - Number(a.passages) || (a.term < b.term ? -1 : 1)).slice(0, mostAlike);
}

/** One slip in words from four letters on, two in long ones. An ending that is mistyped is not cut off as such: then beginnings are compared. */
function mistyped(word: string, term: string, known: string): number {
  if (/\d/.test(known) || known.length < 3) return 0;
  const limit = Math.min(term.length, known.length) >= 7 ? 2 : 1;
  const distance = Math.min(editDistance(term, known, limit), editDistance(word, known, limit));
  if (distance === 0) return 0.9;
  // Short words have many neighbours that mean something else.
  if (distance <= limit) return (word[0] === known[0] ? (word.length > 5 ? 0.92 : 0.85) : 0.7) - 0.15 * (distance - 1) - (word.length < 6 && word.length === known.length && !isSwapped(word, known) ? (word.length < 5 ? 0.35 : 0.15) : 0);
  if (known.length < 5 || word.length < 6 || word.length > known.length + 3) return 0;
  return word[0] === known[0] && editDistance(word.slice(0, known.length), known, 1) <= 1 ? 0.65 : 0;
}

const isSwapped = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('');

const shortestPart = 5;

/** `rechnung` is in `rechnungsadresse`, and the other way about. */
function partOf(term: string, known: string): number {
  const [short, long] = term.length < known.length ? [term, known] : [known, term];
  if (short.length < shortestPart || short.length === long.length) return 0;
  return long.startsWith(short) || long.endsWith(short) ? 0.45 + 0.35 * (short.length / long.length) : 0;
}
