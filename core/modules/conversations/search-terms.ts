import type { Dialect } from './segment-sql.ts';

/**
 * The words of a search as the engine wants them, or null when no word is long enough to be in its index. Each word
 * is quoted, so that no operator of the engine's own language can be reached.
 */
export function searchTerms(dialect: Dialect, q: string): string | null {
  const words = q.normalize('NFC').split(/[\s\p{Cc}]+/u).map((word) => word.replaceAll('\u0000', '')).filter(Boolean).slice(0, 10);
  return dialect === 'sqlite' ? trigramTerms(words) : fulltextTerms(words);
}

/** SQLite's trigram index finds any part of a word from three characters on. */
function trigramTerms(words: readonly string[]): string | null {
  const long = words.filter((word) => [...word].length >= 3);
  return long.length === 0 ? null : long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
}

/** MySQL's full-text index finds beginnings of words; signs between letters part words there. */
function fulltextTerms(words: readonly string[]): string | null {
  const parts = words.flatMap((word) => word.split(/[^\p{L}\p{N}_]+/u)).filter((part) => [...part].length >= 3).slice(0, 10);
  return parts.length === 0 ? null : parts.map((part) => `+${part}*`).join(' ');
}
