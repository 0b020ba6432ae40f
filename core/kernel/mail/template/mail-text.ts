import { safeAddress } from './mail-html.ts';
import type { MailValues } from './mail-values.ts';
import type { MarkdownNode } from './markdown-tree.ts';

const rule = '-'.repeat(40);

/** Writes the parts of a body as plain text, with its values in it. */
export function writeText(nodes: readonly MarkdownNode[], values: MailValues): string {
  return blocks(nodes, values).trimEnd();
}

/** Blocks with an empty line between them. */
function blocks(nodes: readonly MarkdownNode[], values: MailValues, between = '\n\n'): string {
  const parts: string[] = [];
  let line = '';
  const endLine = (): void => {
    if (line !== '') parts.push(line);
    line = '';
  };
  for (const node of nodes) {
    const block = blockOf(node, values);
    if (block === null) line += inlineOf(node, values);
    else {
      endLine();
      parts.push(block);
    }
  }
  endLine();
  return parts.filter((part) => part.trim() !== '').join(between);
}

function blockOf(node: MarkdownNode, values: MailValues): string | null {
  const inner = (): string => blocks(node.children, values);
  switch (node.type) {
    case 'paragraph': return inner();
    case 'heading': return inner();
    case 'hr': return rule;
    case 'fence':
    case 'code_block': return values.text(node.text).trimEnd();
    case 'blockquote': return prefixed(inner(), '> ', '> ');
    case 'bullet_list': return items(node, values, () => '- ');
    case 'ordered_list': return items(node, values, (index) => `${node.start + index}. `);
    default: return null;
  }
}

function items(list: MarkdownNode, values: MailValues, markOf: (index: number) => string): string {
  return list.children.map((item, index) => {
    const mark = markOf(index);
    return prefixed(blocks(item.children, values, '\n'), mark, ' '.repeat(mark.length));
  }).join('\n');
}

const prefixed = (text: string, first: string, others: string): string =>
  text.split('\n').map((line, index) => ((index === 0 ? first : others) + line).trimEnd()).join('\n');

function inlineOf(node: MarkdownNode, values: MailValues): string {
  if (node.type === 'softbreak' || node.type === 'hardbreak') return '\n';
  if (node.type === 'link') return linkOf(node, values);
  return node.children.length > 0 ? node.children.map((child) => inlineOf(child, values)).join('') : values.text(node.text);
}

function linkOf(node: MarkdownNode, values: MailValues): string {
  const label = node.children.map((child) => inlineOf(child, values)).join('');
  const address = safeAddress(values.address(node.href ?? ''));
  if (node.isBare || address === '#' || address === label) return label;
  return `${label}: ${address.replace(/^mailto:/, '')}`;
}
