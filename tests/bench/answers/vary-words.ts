import type { SetArticle } from './load-set.ts';

const syllables = ['ba', 'den', 'fol', 'gar', 'hil', 'kes', 'lor', 'mun', 'nev', 'par', 'ros', 'sel', 'tam', 'vir', 'wen', 'zor'];
const pick = (random: () => number) => syllables[Math.floor(random() * syllables.length)] ?? '';

/** The same numbers each time (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A copy with other words in it: short ones stay, of the long ones a third becomes one of 16⁴ made-up words. So what is common stays
 * common, and the index grows in words as well as in passages.
 */
export function varyWords(article: SetArticle, copy: number): SetArticle {
  const random = numbersFrom(copy * 7919 + article.id.length * 104_729);
  const vary = (text: string) => text.replace(/\p{L}{5,}/gu, (word) => (random() < 1 / 3 ? `${pick(random)}${pick(random)}${pick(random)}${pick(random)}` : word));
  return { ...article, id: `${article.id}-${copy}`, title: vary(article.title), markdown: vary(article.markdown) };
}
