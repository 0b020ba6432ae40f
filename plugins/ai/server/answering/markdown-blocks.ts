/** A piece of a passage that is read as one. `headings`: those above it within the passage. */
export type Block = { headings: string[] } & (
  | { kind: 'text'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'code'; lines: string[] }
);

const item = /^\s*(?:[-*+•]|(\d+)[.)])\s+(.*)$/;
const row = /^\s*\|(.+)\|\s*$/;
const rule = /^\s*\|?[\s:|-]+\|?\s*$/;

/** Markdown as the parts that an answer can be made of. */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.replaceAll('\r', '').replace(/<!--[\s\S]*?-->/g, '').split('\n');
  const blocks: Block[] = [];
  let above: { level: number; text: string }[] = [];
  let headings: string[] = [];
  for (let index = 0; index < lines.length;) {
    const line = lines[index] ?? '';
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (heading) {
      const level = heading[1]?.length ?? 1;
      above = [...above.filter((one) => one.level < level), { level, text: heading[2] ?? '' }];
      headings = above.map(({ text }) => text);
      index += 1;
    } else if (/^\s*(```|~~~)/.test(line)) {
      const end = lines.findIndex((next, at) => at > index && /^\s*(```|~~~)/.test(next));
      blocks.push({ kind: 'code', headings, lines: lines.slice(index + 1, end < 0 ? undefined : end).filter((code) => code.trim() !== '') });
      index = end < 0 ? lines.length : end + 1;
    } else if (row.test(line) && rule.test(lines[index + 1] ?? '')) index = takeTable(lines, index, headings, blocks);
    else if (item.test(line)) index = takeList(lines, index, headings, blocks);
    else if (line.trim() === '' || rule.test(line) || /^\s*([*_-]\s*){3,}$/.test(line)) index += 1;
    else index = takeText(lines, index, headings, blocks);
  }
  return blocks;
}

const cells = (line: string): string[] => (row.exec(line)?.[1] ?? '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));

function takeTable(lines: string[], start: number, headings: string[], blocks: Block[]): number {
  let end = start + 2;
  while (row.test(lines[end] ?? '')) end += 1;
  blocks.push({ kind: 'table', headings, head: cells(lines[start] ?? ''), rows: lines.slice(start + 2, end).map(cells) });
  return end;
}

function takeList(lines: string[], start: number, headings: string[], blocks: Block[]): number {
  const items: string[] = [];
  const isOrdered = item.exec(lines[start] ?? '')?.[1] !== undefined;
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const found = item.exec(line);
    if (found) items.push(found[2] ?? '');
    else if (line.trim() === '') {
      if (!item.test(lines[end + 1] ?? '') && !/^\s{2,}\S/.test(lines[end + 1] ?? '')) break;
    } else if (/^\s{2,}\S/.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else break;
  }
  blocks.push({ kind: 'list', headings, isOrdered, items });
  return end;
}

function takeText(lines: string[], start: number, headings: string[], blocks: Block[]): number {
  let end = start;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !item.test(lines[end] ?? '') && !/^#{1,6}\s|^\s*(```|~~~)/.test(lines[end] ?? '')) end += 1;
  const text = lines.slice(start, Math.max(end, start + 1)).map((line) => line.replace(/^\s*>\s?/, '').trim()).join(' ');
  if (text) blocks.push({ kind: 'text', headings, text });
  return Math.max(end, start + 1);
}
