/** What the ranking weighs, found by trying on questions whose answers are known (`npm run bench -- --only answers`). */
export const rankWeights = {
  title: 1.3, headings: 2.4, tags: 2.4, text: 1,
  /** How soon more of the same word adds nothing, and how much long passages are held back. */
  saturation: 3.5, lengthShare: 0.2,
  /** Rarity is raised to this power: below 1 a rare word that came by chance counts less. */
  rarityPower: 0.43,
  /** A word that stands in titles is what texts are about. */
  topic: 0.4,
  vague: 0.35, number: 0.6,
  /** Shares of the score. */
  strength: 0.63, coverage: 0.07, inTitle: 0.04, nearness: 0.1, titleFocus: 0.13, sameLanguage: 0.03,
};
