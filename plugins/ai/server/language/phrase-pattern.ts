import { fold } from './fold.ts';

/** Languages that are written without spaces between words. */
const unspaced = new Set(['ja']);

type Part = { words: string } | { oneOf: Part[][]; isOptional: boolean };

/** A phrase of a word list as a pattern on folded text between single spaces (` talk to a human `). */
export function phraseSource(phrase: string, language: string): string {
  const { parts } = parse(phrase, 0);
  return parts.map((part) => sourceOf(part, language)).join('');
}

export const isUnspaced = (language: string): boolean => unspaced.has(language);

/** Text as patterns are laid over it. */
export const spaced = (folded: string, language: string): string => (isUnspaced(language) ? folded.replaceAll(' ', '') : ` ${folded} `);

function parse(text: string, start: number): { parts: Part[]; alternatives: Part[][]; end: number } {
  const alternatives: Part[][] = [];
  let parts: Part[] = [];
  let words = '';
  let index = start;
  const flush = (): void => {
    if (words.trim() !== '') parts.push({ words: words.trim() });
    words = '';
  };
  for (; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '(' || sign === '[') {
      flush();
      const inner = parse(text, index + 1);
      parts.push({ oneOf: inner.alternatives, isOptional: sign === '[' });
      index = inner.end;
    } else if (sign === ')' || sign === ']') break;
    else if (sign === '|') {
      flush();
      alternatives.push(parts);
      parts = [];
    } else words += sign;
  }
  flush();
  alternatives.push(parts);
  return { parts, alternatives, end: index };
}

/** Each word is matched with the space in front of it, so that what is left out leaves no gap. */
function sourceOf(part: Part, language: string): string {
  if ('words' in part) {
    const folded = fold(part.words, language);
    return isUnspaced(language) ? folded.replaceAll(' ', '') : folded.split(' ').filter(Boolean).map((word) => ` ${word}`).join('');
  }
  const inside = part.oneOf.map((parts) => parts.map((inner) => sourceOf(inner, language)).join('')).join('|');
  return `(?:${inside})${part.isOptional ? '?' : ''}`;
}
