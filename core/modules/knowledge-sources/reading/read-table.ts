/** Rows of a CSV text (RFC 4180); the sign between fields is found in its first line. */
export function parseCsv(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') { field += '"'; at += 1; } else isQuoted = false;
    } else if (sign === '"' && field === '') isQuoted = true;
    else if (sign === separator) { row.push(field); field = ''; } else if (sign === '\n') { row.push(field.replace(/\r$/, '')); rows.push(row); row = []; field = ''; } else field += sign;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

function separatorOf(text: string): string {
  const first = text.slice(0, text.indexOf('\n') + 1 || 2_000);
  return [',', ';', '\t', '|'].map((sign) => ({ sign, count: first.split(sign).length })).sort((a, b) => b.count - a.count)[0]?.sign ?? ',';
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** One paragraph for each row, each value with the name of its column: a row that is found alone still tells what it means. */
export function tableMarkdown(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (!head) return '';
  const names = head.map((name, index) => flat(name) || String(index + 1));
  const lines = (row: readonly string[]): string => row.map((cell, index) => ({ name: names[index] ?? String(index + 1), cell: flat(cell) })).filter(({ cell }) => cell !== '').map(({ name, cell }) => `- ${name}: ${cell}`).join('\n');
  return (body.length === 0 ? [names.join(', ')] : body.map(lines)).join('\n\n');
}

const most = { depth: 30, lines: 50_000 } as const;

/** JSON as lines of path and value; each member of the outermost list is a paragraph of its own. */
export function jsonMarkdown(value: unknown): string {
  const lists = Array.isArray(value) ? [{ title: null, items: value }]
    : value !== null && typeof value === 'object' ? Object.entries(value).map(([title, item]) => ({ title, items: Array.isArray(item) ? item : [item] }))
      : [{ title: null, items: [value] }];
  let left: number = most.lines;
  return lists.map(({ title, items }) => {
    const paragraphs = items.map((item: unknown) => {
      const lines = linesOf(item, '', 0).slice(0, left);
      left -= lines.length;
      return lines.join('\n');
    });
    return [...(title === null ? [] : [`## ${flat(title)}`]), ...paragraphs].filter(Boolean).join('\n\n');
  }).join('\n\n');
}

function linesOf(value: unknown, path: string, depth: number): string[] {
  if (value === null || value === undefined || depth > most.depth) return [];
  if (typeof value !== 'object') return [path === '' ? flat(String(value as string)) : `- ${path}: ${flat(String(value as string))}`];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) return value.length === 0 ? [] : [`- ${path === '' ? '' : `${path}: `}${value.map((item) => flat(String(item))).join(', ')}`];
  return Object.entries(value).flatMap(([name, item]) => linesOf(item, Array.isArray(value) ? path : path === '' ? flat(name) : `${path}, ${flat(name)}`, depth + 1));
}
