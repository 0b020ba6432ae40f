import { escapeHtml } from './formatted-text.ts';
import type { MailValues } from './mail-values.ts';
import type { MarkdownNode } from './markdown-tree.ts';

/** How a mail looks: the brand's colour, what reads on it, and where lines begin. */
export interface MailLook { accent: string; ink: string; direction: 'ltr' | 'rtl' }

export const monospace = 'font-family:ui-monospace,SFMono-Regular,Consolas,monospace';

/** Mail programs know few style sheets, so each element carries its own. */
function stylesFor(direction: MailLook['direction']): Record<string, string> {
  const side = direction === 'rtl' ? 'right' : 'left';
  return {
    p: 'margin:0 0 16px',
    h1: 'margin:0 0 16px;font-size:22px;line-height:28px;font-weight:700',
    h2: 'margin:24px 0 12px;font-size:18px;line-height:24px;font-weight:700',
    h3: 'margin:20px 0 8px;font-size:16px;line-height:24px;font-weight:700',
    ul: `margin:0 0 16px;padding:0;padding-${side}:24px`,
    ol: `margin:0 0 16px;padding:0;padding-${side}:24px`,
    li: 'margin:0 0 4px',
    blockquote: `margin:0 0 16px;padding:0;padding-${side}:14px;border-${side}:3px solid #d5d9e2`,
    hr: 'margin:24px 0;border:0;border-top:1px solid #e3e6ec',
    code: `${monospace};font-size:.92em`,
    pre: `margin:0 0 16px;${monospace};font-size:13px;line-height:20px;white-space:pre-wrap`,
    a: 'color:#1f56c4;text-decoration:underline',
  };
}

/** What a dark mode gives another colour of line. */
const lines = new Set(['blockquote', 'hr']);

/** Writes the parts of a body as HTML, with its values in it. */
export function writeHtml(nodes: readonly MarkdownNode[], values: MailValues, look: MailLook): string {
  const styles = stylesFor(look.direction);
  const styled = (tag: string): string => (styles[tag] ? `${lines.has(tag) ? ' class="pb-line"' : ''} style="${styles[tag]}"` : '');
  const all = (list: readonly MarkdownNode[], isInside = false): string => list.map((node, index) => one(node, isInside && index === list.length - 1)).join('');

  function one(node: MarkdownNode, isLast: boolean): string {
    if (node.type === 'text') return escapeHtml(node.text);
    if (node.type === 'softbreak' || node.type === 'hardbreak') return '<br>\n';
    if (node.type === 'hr') return `<hr${styled('hr')}>\n`;
    if (node.tag === 'code' || node.tag === 'pre') return `<${node.tag}${styled(node.tag)}>${escapeHtml(node.text)}</${node.tag}>`;
    if (node.type === 'link') return link(node, 'pb-link', styles.a ?? '');
    if (node.type === 'paragraph') return paragraph(node, isLast);
    const start = node.type === 'ordered_list' && node.start !== 1 ? ` start="${node.start}"` : '';
    return `<${node.tag}${start}${styled(node.tag)}>${all(node.children, node.type === 'blockquote')}</${node.tag}>${/^(?:strong|em|s)$/.test(node.tag) ? '' : '\n'}`;
  }

  const link = (node: MarkdownNode, name: string, style: string): string =>
    `<a href="${escapeHtml(safeAddress(values.address(node.href ?? '')))}" target="_blank" rel="noopener noreferrer" class="${name}" style="${style}">${all(node.children)}</a>`;

  /** A link alone is a button, a code alone is what the mail is about. */
  function paragraph(node: MarkdownNode, isLast: boolean): string {
    const [first, ...more] = node.children;
    if (node.isHidden) return all(node.children);
    if (first && more.length === 0 && first.type === 'link' && !first.isBare) return button(link(first, 'pb-key', buttonStyle(look)), look);
    if (first && more.length === 0 && first.type === 'code_inline') return `<p style="margin:0 0 16px;${monospace};font-size:32px;line-height:40px;font-weight:700;letter-spacing:.16em">${escapeHtml(first.text)}</p>\n`;
    return `<p${isLast ? ' style="margin:0"' : styled('p')}>${all(node.children)}</p>\n`;
  }

  return values.html(all(nodes), look.direction === 'rtl');
}

const buttonStyle = ({ accent, ink }: MailLook): string =>
  `display:inline-block;padding:11px 22px;border-radius:8px;background:${accent};color:${ink};font-weight:600;text-decoration:none`;

/** The cell carries the colour too: some programs drop it from the link. */
const button = (link: string, { accent }: MailLook): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" border="0" class="pb-button" style="margin:8px 0 24px"><tr><td bgcolor="${accent}" style="border-radius:8px;background:${accent}">${link}</td></tr></table>\n`;

/** An address of the web, a mail or a telephone as it will be read; anything else leads nowhere. */
export function safeAddress(address: string): string {
  if (address.length > 2_000 || !/^(?:https?:\/\/|mailto:|tel:)/i.test(address) || !URL.canParse(address)) return '#';
  return new URL(address).href;
}
