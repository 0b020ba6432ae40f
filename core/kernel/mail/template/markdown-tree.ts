import MarkdownIt, { type Token } from 'markdown-it';

/** A part of a text: a paragraph, a link, a piece of text … `text` is there on what has no parts of its own. */
export interface MarkdownNode {
  type: string;
  /** Name of its HTML element, empty for plain text. */
  tag: string;
  text: string;
  href: string | null;
  /** Of a numbered list. */
  start: number;
  /** An address that stands bare in the text. */
  isBare: boolean;
  /** A paragraph of a tight list: its text stands without one. */
  isHidden: boolean;
  children: MarkdownNode[];
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false, maxNesting: 20 }).disable(['image', 'table', 'html_block', 'html_inline']);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
// An address is checked when it is written, with its values in it.
markdown.validateLink = () => true;
markdown.normalizeLink = (url) => url;
markdown.normalizeLinkText = (text) => text;

/** The parts of a text in Markdown. HTML and pictures in it are text. */
export const parseMarkdown = (source: string): MarkdownNode[] => treeOf(markdown.parse(source, {}));

function treeOf(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const open: MarkdownNode[][] = [root];
  for (const token of tokens) {
    const place = open.at(-1) ?? root;
    if (token.type === 'inline') place.push(...treeOf(token.children ?? []));
    else if (token.nesting < 0) open.pop();
    else {
      const node = nodeOf(token);
      place.push(node);
      if (token.nesting > 0) open.push(node.children);
    }
  }
  return root;
}

function nodeOf(token: Token): MarkdownNode {
  return {
    type: token.type.replace(/_open$/, ''),
    tag: token.type === 'fence' || token.type === 'code_block' ? 'pre' : token.tag,
    text: token.content,
    href: token.attrGet('href') === null ? null : String(token.attrGet('href')),
    start: Number(token.attrGet('start') ?? 1),
    isBare: token.markup === 'linkify' || token.markup === 'autolink',
    isHidden: token.hidden,
    children: [],
  };
}
