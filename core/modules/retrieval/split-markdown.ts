/** A piece of a document, cut so that it can be read alone. */
export interface Piece { headings: string[]; text: string }

const longest = 1_200;
/** Shorter pieces are joined with their neighbours. */
const enough = 500;
const mostPieces = 2_000;

interface Block { headings: string[]; text: string; isHeading: boolean }

/** Cuts Markdown by headings and paragraphs; lists, tables and code stay whole where they fit. */
export function splitMarkdown(markdown: string, title = ''): Piece[] {
  const blocks = blocksOf(markdown.replaceAll('\r\n', '\n').replaceAll('\u0000', ''), title);
  return joinBlocks(blocks).filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).slice(0, mostPieces);
}

/** Paragraphs, lists, tables and fenced code, each with the headings above it. */
function blocksOf(markdown: string, title: string): Block[] {
  const blocks: Block[] = [];
  const path: { level: number; text: string }[] = [];
  let lines: string[] = [];
  let fence: string | null = null;
  const end = () => {
    const text = lines.join('\n').replace(/^\n+|\s+$/g, '');
    if (text.trim()) blocks.push({ headings: path.map((heading) => heading.text), text, isHeading: false });
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (fence === null || mark.startsWith(fence))) fence = fence === null ? mark.slice(0, 3) : null;
    const heading = fence === null ? /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) : null;
    if (heading) {
      end();
      const [, marks = '', raw = ''] = heading;
      while ((path.at(-1)?.level ?? 0) >= marks.length) path.pop();
      const text = plainText(raw);
      if (!text) continue;
      if (marks.length > 1 || text !== title.trim()) {
        path.push({ level: marks.length, text: text.slice(0, 200) });
        blocks.push({ headings: path.map(({ text: name }) => name), text: line.trim(), isHeading: true });
      }
    } else if (fence === null && line.trim() === '' && !isInList(lines)) end();
    else lines.push(line);
  }
  end();
  return blocks;
}

/** A blank line inside a list parts items, not blocks; the next plain line at the margin ends it. */
const isInList = (lines: readonly string[]): boolean => lines.length > 0 && lines.length < 3 && /^\s*([-*+]|\d+[.)])\s/.test(lines[0] ?? '') && lines.at(-1)?.trim() !== '';

/** A heading's words without the marks of Markdown. */
export const plainText = (markdown: string): string => markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`~]+/g, '').replace(/<[^>]{0,200}>/g, '').trim();

/** Joins neighbours up to the greatest length. A new section begins a new piece once the last one is long enough to stand alone. */
function joinBlocks(blocks: readonly Block[]): Piece[] {
  const whole = blocks.map(({ text }) => text).join('\n\n');
  if (whole.length <= longest) return whole ? [{ headings: [...new Set(blocks.flatMap(({ headings }) => headings))].slice(0, 12), text: whole }] : [];
  const pieces: Piece[] = [];
  let current: { headings: string[]; parts: string[]; length: number } | null = null;
  const end = () => {
    if (current && current.parts.length > 0) pieces.push({ headings: current.headings, text: current.parts.join('\n\n') });
    current = null;
  };
  for (const block of blocks.flatMap(cutLong)) {
    const fits: boolean = current !== null && current.length + block.text.length + 2 <= longest;
    const isNewSection: boolean = current !== null && block.isHeading && current.length >= enough;
    if (!fits || isNewSection) end();
    current ??= { headings: block.headings, parts: [], length: 0 };
    current.parts.push(block.text);
    current.length += block.text.length + 2;
    current.headings = [...new Set([...current.headings, ...block.headings])].slice(0, 12);
  }
  end();
  return leadHeadings(pieces);
}

/** A heading at the end of a piece belongs to the next one. */
function leadHeadings(pieces: Piece[]): Piece[] {
  return pieces.map((piece, index) => {
    const before = index > 0 ? /(?:^|\n)(#{1,6} [^\n]*)$/.exec(pieces[index - 1]?.text ?? '')?.[1] : undefined;
    const text = index < pieces.length - 1 ? piece.text.replace(/(?:^|\n)\s*#{1,6} [^\n]*$/, '').trimEnd() : piece.text;
    return { headings: piece.headings, text: before ? `${before}\n\n${text}` : text };
  });
}

/** A block that is longer than a piece is cut between its lines, then its sentences, then anywhere. A table keeps its head in each part. */
function cutLong(block: Block): Block[] {
  if (block.text.length <= longest) return [block];
  const lines = block.text.split('\n');
  const isTable = /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[1] ?? '');
  const head = isTable ? `${lines.slice(0, 2).join('\n')}\n` : '';
  const rest = (isTable ? lines.slice(2) : lines).flatMap((line) => cutLine(line, longest - Math.min(head.length, longest / 2)));
  const parts: string[] = [];
  let part = '';
  for (const line of rest) {
    if (part && head.length + part.length + line.length + 1 > longest) {
      parts.push(head + part);
      part = '';
    }
    part += part ? `\n${line}` : line;
  }
  if (part) parts.push(head + part);
  return parts.map((text) => ({ ...block, text: text.slice(0, longest) }));
}

function cutLine(line: string, most: number): string[] {
  if (line.length <= most) return [line];
  const cut: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const window = rest.slice(0, most);
    const sentence = Math.max(...[...window.matchAll(/[.!?。！？؟]\s*/g)].map((match) => match.index + match[0].length), 0);
    const space = window.lastIndexOf(' ') + 1;
    let at = sentence > most / 3 ? sentence : space > most / 3 ? space : most;
    // Never between the halves of one sign.
    if (/[\ud800-\udbff]/.test(rest[at - 1] ?? '')) at -= 1;
    cut.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at);
  }
  return rest.trim() ? [...cut, rest] : cut;
}
