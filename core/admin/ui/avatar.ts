const hues = 7;

/** At most two letters: of the first and the last word, or of the part before the @. */
export function initialsOf(name: string): string {
  const words = name.split('@')[0]!.split(/[\s._-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters.map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, '')][0] ?? '').join('').toUpperCase() || '?';
}

/** 1…7, always the same for the same seed. */
export function hueOf(seed: string): number {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
  return (hash % hues) + 1;
}
