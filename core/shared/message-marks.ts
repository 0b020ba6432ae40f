/** Behind a character that would begin a mark: it was typed as itself. See docs/decisions/0009. */
export const literally = '\u2060';
/** Parts a mark from what stands beside it. */
export const parting = '\u2063';

/**
 * What the text of a message may have within a line: `literal`, `code`, a link (`label`, `target`), a bare `url`, `bold` or `strong`,
 * `italic` or `emphasis`, each a named group. Every pattern ends at the character it begins with, which keeps it linear in time.
 */
export const inlineMarks = new RegExp([
  /(?<literal>[*_`[\]])\u2060/,
  /`(?!\u2060)(?<code>(?:[^`\n]|`\u2060)+)`(?!\u2060)/,
  /\[(?<label>[^[\]\n]+)\]\((?<target>[^()\s]+)\)/,
  /(?<url>https?:\/\/[^\s<>"'`\u2060\u2063]+)/,
  /\*\*(?=[^\s*])(?<bold>(?:[^*\n]|\*\u2060)+)\*\*(?!\u2060)/,
  /(?<![\p{L}\p{N}_])__(?=[^\s_])(?<strong>(?:[^_\n]|_\u2060)+)__(?![\p{L}\p{N}_\u2060])/u,
  /(?<![\p{L}\p{N}])\*(?=[^\s*])(?<italic>(?:[^*\n]|\*\u2060)+)\*(?![\p{L}\p{N}\u2060])/u,
  /(?<![\p{L}\p{N}_])_(?=[^\s_])(?<emphasis>(?:[^_\n]|_\u2060)+)_(?![\p{L}\p{N}_\u2060])/u,
].map((pattern) => pattern.source).join('|'), 'gu');
