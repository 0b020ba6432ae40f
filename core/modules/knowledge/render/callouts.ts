import type { Token } from 'markdown-it';

export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const;
export type CalloutKind = (typeof calloutKinds)[number];

const mark = /^\[!(note|tip|important|warning|caution)\][ \t]*/i;

/** `> [!note]` makes a box of a quotation; words behind the mark are its heading, else the kind's name is set in later. */
export function markCallouts(tokens: Token[]): Token[] {
  const ends = endsOf(tokens);
  for (const [index, token] of tokens.entries()) {
    const inline = tokens[index + 2];
    const first = inline?.children?.[0];
    if (token.type !== 'blockquote_open' || tokens[index + 1]?.type !== 'paragraph_open' || !inline || first?.type !== 'text') continue;
    const kind = mark.exec(first.content)?.[1]?.toLowerCase();
    const close = ends.get(token);
    if (!kind || !close) continue;
    first.content = first.content.replace(mark, '');
    const children = inline.children ?? [];
    const end = children.findIndex(({ type }) => type === 'softbreak' || type === 'hardbreak');
    const heading = end < 0 ? children : children.slice(0, end);
    token.meta = { kind, title: heading.map(({ content }) => content).join('').trim() };
    inline.children = end < 0 ? [] : children.slice(end + 1);
    token.tag = 'div';
    token.attrSet('class', `callout callout-${kind}`);
    token.attrSet('role', 'note');
    close.tag = 'div';
  }
  return tokens;
}

/** The end of each quotation. */
function endsOf(tokens: readonly Token[]): ReadonlyMap<Token, Token> {
  const open: Token[] = [];
  const ends = new Map<Token, Token>();
  for (const token of tokens) {
    if (token.type === 'blockquote_open') open.push(token);
    const begun = token.type === 'blockquote_close' ? open.pop() : undefined;
    if (begun) ends.set(begun, token);
  }
  return ends;
}
