/** Piece of a message: text, or an element of the few that messages have. */
export type RichNode = string | { tag: RichTag; href?: string; children: RichNode[] };
export type RichTag = 'strong' | 'em' | 'code' | 'a' | 'p' | 'br' | 'ul' | 'ol' | 'li' | 'pre' | 'blockquote';

/** Address of a link, if it is of a kind that may be opened. */
export function safeHref(text: string): string | undefined {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text).href : undefined;
}

/** Code first, for nothing inside it means anything; every run is bounded, so that no text takes long. */
const inline = /`([^`\n]{1,2000})`|\*\*(?=\S)([^*\n]{1,2000}?)\*\*|\*(?=\S)([^*\n]{1,2000}?)\*|\[([^\][\n]{1,300})\]\(([^()\s]{1,2000})\)|(https?:\/\/[^\s<>"'`*]{1,2000})/g;

function link(text: string, address: string): RichNode {
  const href = safeHref(address);
  return href ? { tag: 'a', href, children: [text] } : text;
}

/** A bare address takes no closing punctuation with it. */
function bareLink(found: string): RichNode[] {
  const address = found.replace(/[.,;:!?)\]]+$/, '');
  return [link(address, address), found.slice(address.length)].filter((node) => node !== '');
}

function parseLine(line: string): RichNode[] {
  const nodes: RichNode[] = [];
  let end = 0;
  for (const match of line.matchAll(inline)) {
    const [whole, code, bold, italic, label, address, bare] = match;
    if (match.index > end) nodes.push(line.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) nodes.push({ tag: 'code', children: [code] });
    else if (bold !== undefined) nodes.push({ tag: 'strong', children: [bold] });
    else if (italic !== undefined) nodes.push({ tag: 'em', children: [italic] });
    else if (label !== undefined && address !== undefined) nodes.push(safeHref(address) ? link(label, address) : whole);
    else if (bare !== undefined) nodes.push(...bareLink(bare));
  }
  if (end < line.length) nodes.push(line.slice(end));
  return nodes;
}

/** Limited markdown as a message of ours has it before the server answered: bold, italic, code, links, lines. */
export function parseMarkdown(text: string): RichNode[] {
  return text.split('\n').flatMap((line, index) => (index === 0 ? parseLine(line) : [{ tag: 'br', children: [] } satisfies RichNode, ...parseLine(line)]));
}
