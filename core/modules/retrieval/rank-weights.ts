/** What the ranking weighs, found by trying on questions whose answers are known (`npm run bench -- --only answers`). */
export const rankWeights = {
  title: 1.6, headings: 2.4, tags: 2.7, text: 0.8,
  /** How soon more of the same word adds nothing, and how much long passages are held back. */
  saturation: 3.1, lengthShare: 0.2,
  /** Rarity is raised to this power: below 1 a rare word that came by chance counts less. */
  rarityPower: 0.43,
  /** A word that stands in titles is what texts are about. */
  topic: 0.37,
  /** As if so many passages of any desk stood beside the desk's own, so that in a small one a word is as rare as in a large one; a light word stands in some of them. */
  prior: 60, lightPrior: 2,
  /** How much passages count that have only something like the word, when it is told how rare it is. */
  alike: 0.8,
  vague: 0.27, number: 0.6,
  /** Shares of the score. */
  strength: 0.63, coverage: 0.11, inTitle: 0.05, nearness: 0.07, titleFocus: 0.18, sameLanguage: 0.025,
};
