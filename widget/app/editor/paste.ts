import { fromRuns, mark } from './marked-text.ts';
import type { MarkedText, Run } from './marked-text.ts';

const dropped = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'NOSCRIPT', 'SVG', 'MATH', 'HEAD', 'TITLE', 'META', 'LINK', 'IMG', 'VIDEO', 'AUDIO', 'CANVAS', 'FORM', 'INPUT', 'SELECT', 'TEXTAREA', 'BUTTON', 'XML']);
const blocks = new Set(['P', 'DIV', 'LI', 'UL', 'OL', 'TR', 'TABLE', 'PRE', 'BLOCKQUOTE', 'SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HR']);
const tagMarks: Record<string, number> = { B: mark.bold, STRONG: mark.bold, I: mark.italic, EM: mark.italic, CODE: mark.code, KBD: mark.code, SAMP: mark.code, TT: mark.code };
const deepest = 60;
const longest = 60_000;

/** Styles are read as data, and handlers not at all: the page's policy would refuse both, loudly. */
const styleKey = 'data-style';
const disarmed = (html: string): string => html.replace(/<style\b[^]*?(<\/style\s*>|$)/gi, '')
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s/"'])(style|on\w+)(?=\s*=)/gi, '$1data-$2'));
const styleOf = (element: Element, name: string): string => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, 'i').exec(element.getAttribute(styleKey) ?? '')?.[1]?.trim().toLowerCase() ?? '';

/** Word and Google Docs say it in the style: also that their `<b>` around everything is none. */
function marksOfElement(element: HTMLElement, marks: number): number {
  const own = marks | (Object.hasOwn(tagMarks, element.nodeName) ? tagMarks[element.nodeName] ?? 0 : 0);
  const fontWeight = styleOf(element, 'font-weight');
  const fontStyle = styleOf(element, 'font-style');
  const bold = fontWeight === '' ? own & mark.bold : fontWeight === 'bold' || Number(fontWeight) >= 600 ? mark.bold : 0;
  const italic = fontStyle === '' ? own & mark.italic : fontStyle === 'italic' || fontStyle === 'oblique' ? mark.italic : 0;
  return (own & mark.code) | bold | italic;
}

class Gatherer {
  readonly runs: Run[] = [];
  #length = 0;
  #wantsLine = false;
  #endsBlank = true;

  gather(node: Node, marks: number, isPre: boolean, depth: number): void {
    if (this.#length > longest) return;
    if (node.nodeType === Node.TEXT_NODE) return this.#text(node.textContent ?? '', marks, isPre);
    if (!(node instanceof HTMLElement) || dropped.has(node.nodeName) || depth > deepest) return;
    if (node.nodeName === 'BR') return this.#line();
    const isBlock = blocks.has(node.nodeName);
    if (isBlock) this.#wantsLine = this.#length > 0;
    if (node.nodeName === 'LI') this.#text('• ', 0, true);
    const inner = marksOfElement(node, marks);
    for (const child of node.childNodes) this.gather(child, inner, isPre || node.nodeName === 'PRE' || /^pre/.test(styleOf(node, 'white-space')), depth + 1);
    if (node.nodeName === 'TD' || node.nodeName === 'TH') this.#text('\t', 0, true);
    if (isBlock) this.#wantsLine = this.#length > 0;
  }

  #text(text: string, marks: number, isPre: boolean): void {
    let words = isPre ? text : text.replace(/[\s\u00a0]+/g, ' ');
    if (!isPre && (this.#endsBlank || this.#wantsLine)) words = words.trimStart();
    if (words === '') return;
    if (this.#wantsLine) this.#line();
    this.#push(words, marks);
    this.#endsBlank = /\s$/.test(words);
  }

  #line(): void {
    this.#wantsLine = false;
    this.#push('\n', 0);
    this.#endsBlank = true;
  }

  #push(text: string, marks: number): void {
    this.runs.push({ text, marks });
    this.#length += text.length;
  }
}

function trimmed(runs: Run[]): Run[] {
  const first = runs.findIndex(({ text }) => text.trim() !== '');
  const last = runs.findLastIndex(({ text }) => text.trim() !== '');
  return runs.slice(first, last + 1).map((run, index, all) => ({ ...run, text: index === all.length - 1 ? run.text.trimEnd() : run.text }));
}

/** HTML of any origin as text with our marks. It is parsed where nothing runs and nothing is loaded; only text comes out. */
export function cleanHtml(html: string): MarkedText {
  const { body } = new DOMParser().parseFromString(disarmed(html.slice(0, 2_000_000)), 'text/html');
  const gatherer = new Gatherer();
  for (const child of body.childNodes) gatherer.gather(child, 0, false, 0);
  return fromRuns(trimmed(gatherer.runs));
}

/** What was copied or dragged, as text with marks. */
export function cleanTransfer(transfer: DataTransfer | null): MarkedText {
  const html = transfer?.getData('text/html') ?? '';
  const cleaned = html ? cleanHtml(html) : null;
  return cleaned && cleaned.text !== '' ? cleaned : fromRuns([{ text: (transfer?.getData('text/plain') ?? '').slice(0, longest), marks: 0 }]);
}
