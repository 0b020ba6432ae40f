import TurndownService from 'turndown';
import { knowledgeLimits } from '../../../shared/knowledge.ts';

/** What is used here of an element; the server's types know no DOM. */
interface Tag { readonly textContent: string | null; getAttribute(name: string): string | null; querySelectorAll(selector: string): ArrayLike<Tag> }

/** Markdown of HTML that was cleaned before: text, headings, lists, tables, code and links; no pictures, no HTML. */
export function htmlMarkdown(html: string): string {
  try {
    return tidy(turndown().turndown(html));
  } catch (error) {
    // Nested so deep that a walk through it ends the stack: its words are better than nothing.
    if (!(error instanceof RangeError)) throw error;
    return tidy(plainOf(html));
  }
}

/** What stays within the limit of an article, with few empty lines. */
export const tidy = (markdown: string): string => markdown.replace(/[^\S\n]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim().slice(0, knowledgeLimits.body).toWellFormed();

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** The words between tags, without walking a tree. */
export const plainOf = (html: string): string => html
  .replace(/<(script|style|template|noscript)\b[\s\S]*?<\/\1\s*>/gi, ' ')
  .replace(/<(p|div|li|tr|br|h[1-6]|section)\b[^>]*>/gi, '\n')
  .replace(/<[^>]*>/g, ' ')
  .replace(/&(#?\w{1,8});/g, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
  .replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n');

function turndown(): TurndownService {
  const service = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*' });
  service.remove(['script', 'style', 'form', 'button', 'input', 'select', 'textarea', 'iframe', 'noscript', 'object', 'template', 'video', 'audio', 'canvas', 'svg' as 'object']);
  service.addRule('picture', { filter: 'img', replacement: (_content, node) => clean((node as unknown as Tag).getAttribute('alt') ?? '') });
  service.addRule('link', {
    filter: (node) => node.nodeName === 'A',
    replacement(content, node) {
      const text = content.replace(/\s+/g, ' ').trim();
      const url = (node as unknown as Tag).getAttribute('href') ?? '';
      return text !== '' && /^(https?|mailto):/i.test(url) ? `[${text}](${url.replace(/[\s<>()]/g, encodeURIComponent)})` : text;
    },
  });
  service.addRule('table', { filter: 'table', replacement: (_content, node) => `\n\n${tableRows(node as unknown as Tag)}\n\n` });
  return service;
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();
const cellText = (cell: Tag): string => clean(cell.textContent ?? '').replaceAll('|', '\\|');

function tableRows(table: Tag): string {
  const rows = Array.from(table.querySelectorAll('tr')).slice(0, 1_000).map((row) => Array.from(row.querySelectorAll('th, td'), cellText)).filter((cells) => cells.some(Boolean));
  const [head, ...body] = rows;
  if (!head) return '';
  const width = Math.max(...rows.map((cells) => cells.length));
  if (width === 1) return rows.map(([cell]) => cell).join('\n\n');
  const line = (cells: readonly string[]): string => `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  return [line(head), line(Array.from({ length: width }, () => '---')), ...body.map(line)].join('\n');
}
