import MarkdownIt, { type Token } from 'markdown-it';
import { markCallouts } from './callouts.ts';

/** HTML in a text is text; what is nested deeper than twenty levels is left out. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false, maxNesting: 20 });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
// A table that is wider than the page scrolls in its frame.
markdown.renderer.rules.table_open = () => '<div class="table"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

export const tokensOf = (source: string): Token[] => markCallouts(markdown.parse(source, {}));

export const renderTokens = (tokens: Token[]): string => markdown.renderer.render(tokens, markdown.options, {});

/** The words of a line, without its marks. */
export const wordsOf = (inline: Token | undefined): string => (inline?.children ?? [])
  .map((child) => (child.type === 'softbreak' || child.type === 'hardbreak' ? ' ' : child.type === 'image' ? child.content : child.type === 'text' || child.type === 'code_inline' ? child.content : ''))
  .join('').trim();
