import type { Passage } from '@plugboard/sdk';
import { nearestOf } from '../language/near-words.ts';
import { contentWords } from '../language/words.ts';
import { blocksOf, type Block } from './markdown-blocks.ts';
import { bullet, inline, numbered, plain } from './message-format.ts';

export interface Extract { text: string; passages: Passage[] }

const limits = { passages: 2, whole: 600, text: 480, intro: 320, items: 10, rows: 8, more: 800 };
/** The search knows synonyms, typing mistakes and other languages, which words compared here do not: its order stands unless another passage says far more of what was asked. */
const muchMore = 2;
const nearly = 0.5;
/** Questions for an amount, a time or a number are answered by parts that hold one. */
const asksForNumber = /\b(how (many|much|long|often|old|far|big|late)|what (price|temperature|time|order value|size)|when|cost|price|fee|wie ?viele?|wie (lange|oft|hoch)|bis zu|kostet|preis|combien|cu[aá]nt[oa]s?|quant[oiae]s?|hoeveel|ile|ka[cç])\b|сколько|كم|いくら|何[日時円]/iu;
const numberBonus = 1.3;

interface Weights { of(words: Iterable<string>): number; total: number; found(words: Iterable<string>): Set<string> }
interface Scored { block: Block; index: number; passage: Passage; blocks: Block[]; score: number; words: Set<string> }

/**
 * An answer out of passages as they stand: the part of them that is about the question, not the whole article. `terms` of
 * the question before count less. Null when no part has anything to do with it.
 */
export function extract(passages: readonly Passage[], question: { text: string; previous: string | null; locale: string }): Extract | null {
  const candidates = passages.slice(0, limits.passages).map((passage) => ({ passage, blocks: blocksOf(passage.text) }));
  const weights = weigh(candidates.flatMap(({ blocks }) => blocks.flatMap((block) => unitsOf(block))), question);
  const wantsNumber = asksForNumber.test(question.text);
  const scored = candidates.flatMap(({ passage, blocks }, rank) => blocks.map((block, index): Scored => {
    const words = new Set(unitsOf(block).flatMap((unit) => contentWords(unit, question.locale)));
    const around = contentWords([passage.title, ...passage.headings].join(' '), question.locale);
    // Those of a passage may be of its parts: they count for a block only where the passage lies under them as a whole.
    const heading = contentWords(block.headings.at(-1) ?? (blocks.some(({ headings }) => headings.length > 0) ? '' : passage.headings.at(-1)) ?? '', question.locale);
    const own = weights.of(words);
    // A heading that asks what was asked says what its section is about, more than any word within it.
    const score = (own + 0.9 * weights.of(heading) + 0.4 * weights.of(around.filter((word) => !words.has(word)))) * (0.6 + 0.4 * passage.score) * (1 - rank * 0.06) * (wantsNumber && unitsOf(block).some((unit) => /\d/.test(unit)) ? numberBonus : 1);
    return { block, index, passage, blocks, score, words };
  })).sort((a, b) => b.score - a.score);
  const best = choose(scored, passages);
  if (!best) return null;
  const section = wholeOf(best.blocks.filter((block) => isSameSection(block, best.block)));
  const first = section.length <= limits.whole ? section : textAround(best, weights, question.locale);
  const second = addition(best, scored, first);
  return { text: second ? `${first}\n\n${second}` : first, passages: [best.passage] };
}

/** The best part of the best passage; of the next one only where it says much more. A passage without any word of the question begins the answer itself. */
function choose(scored: readonly Scored[], passages: readonly Passage[]): Scored | undefined {
  const [top] = passages;
  const own = scored.find(({ passage }) => passage === top);
  const other = scored[0];
  if (own && other && own !== other && other.score > own.score * muchMore && other.passage.score >= own.passage.score * 0.85) return other;
  return own && own.score > 0 ? own : scored.find(({ passage, index }) => passage === top && index === 0);
}

/** A second part of the same passage, where it is nearly as much about the question as the first. */
function addition(best: Scored, scored: Scored[], first: string): string | null {
  for (const other of scored) {
    if (other === best || other.passage !== best.passage || other.score < best.score * nearly) continue;
    const text = blockText(other.block);
    if (!first.includes(text) && first.length + text.length <= limits.more) return text;
  }
  return null;
}

/** How much a word of the question says: rare ones more than those that stand everywhere. */
function weigh(units: string[], { text, previous, locale }: { text: string; previous: string | null; locale: string }): Weights {
  const seen = new Map<string, number>();
  for (const unit of units) for (const word of new Set(contentWords(unit, locale))) seen.set(word, (seen.get(word) ?? 0) + 1);
  const weights = new Map<string, number>();
  const known = [...seen.keys()];
  const rare = (word: string): number => Math.log(1 + (units.length + 1) / ((seen.get(word) ?? 0) + 1));
  const add = (words: readonly string[], factor: number): void => {
    for (const word of words) for (const near of seen.has(word) ? [word] : [word, ...nearestOf(word, known)]) weights.set(near, Math.max(weights.get(near) ?? 0, factor * rare(near)));
  };
  add(contentWords(previous ?? '', locale), 0.4);
  add(contentWords(text, locale), 1);
  const of = (words: Iterable<string>): number => [...new Set(words)].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
  return { of, total: of(weights.keys()), found: (words) => new Set([...words].filter((word) => weights.has(word))) };
}

function unitsOf(block: Block): string[] {
  if (block.kind === 'text') return [plain(block.text)];
  if (block.kind === 'list') return block.items.map(plain);
  if (block.kind === 'table') return block.rows.map((cells) => plain(cells.join(' ')));
  return block.lines;
}

function textAround({ block, index, blocks }: Scored, weights: Weights, locale: string): string {
  const [before, after] = [blocks[index - 1], blocks[index + 1]].map((next) => (next && isSameSection(next, block) ? next : undefined));
  if (block.kind === 'list') return [before?.kind === 'text' && before.text.length <= limits.intro ? inline(before.text) : null, listText(block, weights, locale)].filter(Boolean).join('\n');
  if (block.kind === 'table') return tableText(block, weights, locale);
  if (block.kind === 'code') return [before?.kind === 'text' ? inline(before.text) : null, blockText(block)].filter(Boolean).join('\n');
  const text = sentencesAround(block.text, weights, locale);
  // What the text leads up to belongs to it: steps, or a list after a colon.
  const leadsOn = (after?.kind === 'list' && (after.isOrdered || /[:：]\s*$/.test(block.text))) || ((after?.kind === 'code' || after?.kind === 'table') && /[:：]\s*$/.test(block.text));
  return leadsOn ? `${text}\n${after.kind === 'list' ? listText(after, weights, locale) : after.kind === 'table' ? tableText(after, weights, locale) : blockText(after)}` : text;
}

const startsLikeMore = /^(this|that|these|those|it|they|however|otherwise|then|also|therefore|but|das|dies|diese|dieser|es|sie|dann|jedoch|sonst|außerdem|cela|ceci|il|elle|sinon|eso|esto|هذا|هذه|ذلك|вот|это)\b/iu;

/** The sentence that says most of what was asked, with what it needs to be understood. */
function sentencesAround(text: string, weights: Weights, locale: string): string {
  if (text.length <= limits.text) return inline(text);
  const sentences = [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
  const scores = sentences.map((sentence) => weights.of(contentWords(plain(sentence), locale)));
  let start = scores.indexOf(Math.max(...scores));
  let end = start + 1;
  if (start > 0 && startsLikeMore.test(sentences[start] ?? '')) start -= 1;
  const length = (): number => sentences.slice(start, end).join(' ').length;
  while (end < sentences.length && end - start < 4 && length() + (sentences[end]?.length ?? 0) <= limits.text) end += 1;
  return inline(sentences.slice(start, end).join(' '));
}

function listText(block: Block & { kind: 'list' }, weights: Weights, locale: string): string {
  const lines = block.items.map((text, at) => ({ text, at, score: weights.of(contentWords(plain(text), locale)) }));
  const shown = lines.length <= limits.items ? lines : block.isOrdered ? lines.slice(0, limits.items) : [...lines].sort((a, b) => b.score - a.score).slice(0, limits.items).sort((a, b) => a.at - b.at);
  return shown.map(({ text, at }) => (block.isOrdered ? numbered(text, at + 1) : bullet(text))).join('\n');
}

/** The row that was asked for, cell by cell; several where none stands out. */
function tableText({ head, rows }: Block & { kind: 'table' }, weights: Weights, locale: string): string {
  const scores = rows.map((cells) => weights.of(contentWords(plain(cells.join(' ')), locale)));
  const best = Math.max(...scores);
  const isOne = best > 0 && scores.filter((score) => score === best).length === 1;
  const shown = isOne ? [rows[scores.indexOf(best)] ?? []] : rows.slice(0, limits.rows);
  const named = (cell: string, at: number): string => (head[at] ? `${inline(head[at])}: ${inline(cell)}` : inline(cell));
  return isOne ? (shown[0] ?? []).map(named).join('\n') : shown.map((cells) => bullet(cells.map(named).join(', '))).join('\n');
}

function blockText(block: Block): string {
  if (block.kind === 'text') return inline(block.text);
  if (block.kind === 'list') return block.items.map((text, at) => (block.isOrdered ? numbered(text, at + 1) : bullet(text))).join('\n');
  if (block.kind === 'table') return block.rows.map((cells) => bullet(cells.map((cell, at) => (block.head[at] ? `${inline(block.head[at])}: ${inline(cell)}` : inline(cell))).join(', '))).join('\n');
  return block.lines.slice(0, 8).map((line) => `\`${line.trim().replaceAll('`', '')}\``).join('\n');
}

const isSameSection = (a: Block, b: Block): boolean => a.headings.join('\n') === b.headings.join('\n');

const wholeOf = (blocks: Block[]): string => blocks.map((block) => blockText(block)).join('\n');
