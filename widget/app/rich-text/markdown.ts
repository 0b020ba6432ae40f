import { inlineMarks } from '../../../core/shared/message-marks.ts';

/** Piece of a message: text, or an element of the few that messages have. */
export type RichNode = string | { tag: RichTag; href?: string; children: RichNode[] };
export type RichTag = 'strong' | 'em' | 'code' | 'a' | 'p' | 'br' | 'ul' | 'ol' | 'li' | 'pre' | 'blockquote';

/** Address of a link, if it is of a kind that may be opened. */
export function safeHref(text: string): string | undefined {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text).href : undefined;
}

const visible = (text: string): string[] => {
  const seen = text.replace(/[\u2060\u2063]/g, '');
  return seen ? [seen] : [];
};

function link(label: string, target: string): RichNode | null {
  const href = target.length <= 2_000 && !/^tel:/i.test(target) ? safeHref(target) : undefined;
  return href ? { tag: 'a', href, children: visible(label) } : null;
}

/** A bare address takes no closing punctuation with it. */
function bareLink(found: string): RichNode[] {
  const address = found.replace(/[.,;:!?)\]}*_]+$/, '');
  return [link(address, address) ?? address, ...visible(found.slice(address.length))];
}

function parseMatch({ 0: whole, groups = {} }: RegExpExecArray): RichNode[] {
  const { literal, code, label, target, url, bold, strong, italic, emphasis } = groups;
  if (literal !== undefined) return [literal];
  if (code !== undefined) return [{ tag: 'code', children: visible(code) }];
  if (label !== undefined && target !== undefined) return [link(label, target) ?? visible(whole).join('')];
  if (url !== undefined) return bareLink(url);
  const heavy = bold ?? strong;
  return [heavy === undefined ? { tag: 'em', children: parseLine(italic ?? emphasis ?? '') } : { tag: 'strong', children: parseLine(heavy) }];
}

export function parseLine(line: string): RichNode[] {
  const nodes: RichNode[] = [];
  let end = 0;
  for (const match of line.matchAll(inlineMarks)) {
    nodes.push(...visible(line.slice(end, match.index)), ...parseMatch(match));
    end = match.index + match[0].length;
  }
  return [...nodes, ...visible(line.slice(end))];
}

/** Limited markdown as a message of ours has it before the server answered: bold, italic, code, links, lines. */
export function parseMarkdown(text: string): RichNode[] {
  return text.split('\n').flatMap((line, index) => (index === 0 ? parseLine(line) : [{ tag: 'br', children: [] } satisfies RichNode, ...parseLine(line)]));
}

/** The text alone, on one line: for a list. */
export function plainOf(text: string): string {
  const flat = (nodes: RichNode[]): string => nodes.map((node) => (typeof node === 'string' ? node : node.tag === 'br' ? ' ' : flat(node.children))).join('');
  return flat(parseMarkdown(text));
}
