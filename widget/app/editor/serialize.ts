import { literally, parting } from '../../../core/shared/message-marks.ts';
import { parseLine } from '../rich-text/markdown.ts';
import type { RichNode } from '../rich-text/markdown.ts';
import { emptyText, fromRuns, mark, runsOf, slice } from './marked-text.ts';
import type { MarkedText, Run } from './marked-text.ts';

const tagMarks: Partial<Record<string, number>> = { strong: mark.bold, em: mark.italic, code: mark.code };

/** What nodes look like as marked text: the way back. */
function runsOfNodes(nodes: readonly RichNode[], marks = 0): Run[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [{ text: node, marks }]
    : runsOfNodes(node.children, node.tag === 'code' ? mark.code : marks | (tagMarks[node.tag] ?? 0))));
}

const parsed = (line: string): MarkedText => fromRuns(runsOfNodes(parseLine(line)));

/** A blank shows no mark, so it need not keep one; a link would be hidden behind other words. */
function isSame(wanted: MarkedText, line: string): boolean {
  const found = parsed(line);
  if (found.text !== wanted.text) return false;
  for (let at = 0; at < wanted.text.length; at += 1) {
    if (wanted.marks[at] !== found.marks[at] && !/\s/.test(wanted.text.charAt(at))) return false;
  }
  return true;
}

const address = /https?:\/\/[^\s<>"'`\u2060\u2063]+/g;

/** Every character that could begin or end a mark says that it is meant literally; addresses stay as they are. */
function escaped(text: string): string {
  let written = '';
  let end = 0;
  const escape = (part: string) => part.replace(/[*_`[]/g, (character) => character + literally);
  for (const { 0: found, index } of text.matchAll(address)) {
    written += escape(text.slice(end, index)) + found;
    end = index + found.length;
  }
  return written + escape(text.slice(end));
}

const signs = (marks: number): [string, string] => {
  if (marks & mark.code) return ['`', '`'];
  const bold = marks & mark.bold ? '**' : '';
  const italic = marks & mark.italic ? '_' : '';
  return [bold + italic, italic + bold];
};

interface Style { escapes: boolean; parts: boolean }

/** Blanks at the rim of a run stand outside of its marks, where they are no hindrance. */
function writeRun({ text, marks }: Run, { escapes, parts }: Style): string {
  const [open, close] = signs(marks);
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  const words = marks & mark.code ? inner.replaceAll('`', escapes ? `\`${literally}` : '`') : escapes ? escaped(inner) : inner;
  if (open === '' || inner === '') return before + words + after;
  const space = parts ? parting : '';
  return `${before}${space}${open}${marks & mark.code ? '' : space}${words}${marks & mark.code ? '' : space}${close}${space}${after}`;
}

const write = (line: MarkedText, style: Style): string => runsOf(line).map((run) => writeRun(run, style)).join('');

/** Plainest first: most lines need no sign that is not seen. A line that no way says rightly goes without its marks. */
function writeLine(line: MarkedText): string {
  if (line.text.trim() === '') return line.text;
  const ways: Style[] = [{ escapes: false, parts: false }, { escapes: false, parts: true }, { escapes: true, parts: false }, { escapes: true, parts: true }];
  for (const way of ways) {
    const written = write(line, way);
    if (isSame(line, written) && !hidesLink(written) && !written.startsWith('```')) return written;
  }
  const bare = { text: line.text, marks: line.marks.map(() => 0) };
  const plain = write(bare, ways[0] as Style);
  return isSame(bare, plain) && !hidesLink(plain) && !plain.startsWith('```') ? plain : write(bare, ways[2] as Style);
}

/** `[words](address)` was typed as it stands: it is no link with other words on it. */
const hidesLink = (line: string): boolean => /\[[^[\]\n]+\]\([^()\s]+\)/.test(line);

/** The message as the server takes it: limited Markdown that shows what the editor showed. */
export function toMarkdown(whole: MarkedText): string {
  let at = 0;
  return whole.text.split('\n').map((line) => {
    const marked = slice(whole, at, at + line.length);
    at += line.length + 1;
    return writeLine(marked);
  }).join('\n');
}

/** A draft, back in the editor. */
export function fromMarkdown(text: string): MarkedText {
  if (text === '') return emptyText;
  return fromRuns(text.split('\n').flatMap((line, index) => [...(index === 0 ? [] : [{ text: '\n', marks: 0 }]), ...runsOfNodes(parseLine(line))]));
}
