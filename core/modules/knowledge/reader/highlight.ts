import { shorten } from '../render/plain-text.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Letters without capitals and accents. */
export const fold = (text: string): string => [...text.toLowerCase()].map((letter) => letter.normalize('NFKD').replace(/\p{M}/gu, '') || letter).join('');

const word = /[\p{L}\p{N}\p{M}]+/gu;
export const wordsIn = (text: string): string[] => [...new Set([...text.matchAll(word)].map(([found]) => fold(found)))].filter((found) => found.length > 1 || /\p{N}|[^\p{Script=Latin}]/u.test(found)).slice(0, 16);

/** How many letters differ, up to `most`: left out, added, changed or two that changed places. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1), swap));
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length] ?? most + 1;
}

const allowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** How well a word stands for one of a query: 1 the same, less for a beginning, a common stem and a slip of the keys, 0 not at all. */
export function likeness(found: string, wanted: string): number {
  if (found === wanted) return 1;
  if (wanted.length >= 3 && found.startsWith(wanted)) return 0.9;
  if (found.length >= 4 && wanted.startsWith(found)) return 0.8;
  const most = allowed(Math.min(found.length, wanted.length));
  if (most === 0) return 0;
  const apart = distance(found, wanted, most);
  return apart <= most ? 0.8 - apart * 0.15 : 0;
}

const isHit = (found: string, wanted: readonly string[]): boolean => wanted.some((query) => likeness(found, query) > 0);

/** Escaped, with `<mark>` around the words that were looked for. */
export function highlight(text: string, wanted: readonly string[]): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(word)) {
    out += escapeHtml(text.slice(at, match.index)) + (isHit(fold(match[0]), wanted) ? `<mark>${escapeHtml(match[0])}</mark>` : escapeHtml(match[0]));
    at = match.index + match[0].length;
  }
  return out + escapeHtml(text.slice(at));
}

/** The part of a text around the first word that was found. */
export function snippet(text: string, wanted: readonly string[], most = 200): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  const first = [...clean.matchAll(word)].find(([found]) => isHit(fold(found), wanted));
  const from = first && first.index > most / 2 ? clean.lastIndexOf(' ', first.index - most / 4) + 1 : 0;
  return highlight(`${from > 0 ? '…' : ''}${shorten(clean.slice(from), most)}`, wanted);
}
