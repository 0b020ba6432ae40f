import { foldText } from './fold-word.ts';

/** `joined`: the parts of a word with hyphens written as one, `e-mail` → `email`. */
export interface Word { text: string; joined?: string }

const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}]+)*(?:[-‐‑][\p{L}\p{N}]+)*/gu;
/** Scripts that put no space between words, indexed by pairs of signs. Korean has spaces but endings that no stemmer here knows. */
const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map((name) => `\\p{Script=${name}}`).join('');
const pairScripts = new RegExp(`[${scripts}ー]`, 'u');
/** Runs of one kind: `iPhone15を` is a word and then a run of signs. */
const runs = new RegExp(`[${scripts}ー](?:[${scripts}ー]|\\p{M})*|[\\p{L}\\p{N}]+?(?=[${scripts}]|$)`, 'gu');
const longest = 40;
/** Articles that French, Italian and Catalan tie to the next word. */
const elided = /^(?:l|d|j|m|t|s|c|n|qu|dell|all|nell|sull|dall|un|quest|jusqu|lorsqu|puisqu)$/;

const segmenters = new Map<string, Intl.Segmenter>();
export function segmentWords(text: string, language: string): string[] {
  let segmenter = segmenters.get(language);
  if (!segmenter) segmenters.set(language, segmenter = new Intl.Segmenter(language, { granularity: 'word' }));
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

export const isPaired = (text: string): boolean => pairScripts.test(text);

/** Every two neighbouring signs; a single sign is itself. */
export function pairsOf(text: string): string[] {
  const signs = [...text];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, index) => `${signs[index] ?? ''}${sign}`);
}

/** The words of a text in their order, folded, not yet stemmed. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const [match] of foldText(text).matchAll(wordPattern)) {
    if (match.length > longest * 3 && !isPaired(match)) words.push({ text: match.slice(0, longest) });
    else if (isPaired(match)) addPaired(words, match);
    else addSpaced(words, match);
  }
  return words;
}

function addPaired(words: Word[], text: string): void {
  for (const [run] of text.matchAll(runs)) words.push({ text: run });
}

function addSpaced(words: Word[], match: string): void {
  const parts = match.split(/[-‐‑]/).flatMap((part) => apart(part));
  if (parts.length === 1 || parts.length > 4) words.push(...parts.map((text) => ({ text })));
  else words.push(...parts.map((text, index) => (index === 0 && match.includes('-') ? { text, joined: parts.join('').slice(0, longest) } : { text })));
}

/** `l'adresse` is two words; `don't` is one, `shop's` is `shop`. */
function apart(text: string): string[] {
  const parts = text.split(/['’ʼ]/);
  const [first = ''] = parts;
  if (parts.length === 1) return [first.slice(0, longest)];
  if (elided.test(first)) return parts.slice(1);
  return parts.length === 2 && parts[1] === 's' ? [first] : [parts.join('')];
}
