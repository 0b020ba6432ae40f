/** Bits of a character's marks. Code stands alone. */
export const mark = { bold: 1, italic: 2, code: 4 } as const;
export type MarkName = keyof typeof mark;

/** Text and, for each of its UTF-16 units, its marks. Lines end with `\n`. Never changed in place. */
export interface MarkedText { text: string; marks: readonly number[] }
/** Text in a row with the same marks. */
export interface Run { text: string; marks: number }
export interface Range { start: number; end: number }

export const emptyText: MarkedText = { text: '', marks: [] };

/** Control characters have no place in a message, and the two that our marks are written with none in its text. */
const cleaned = (text: string): string => text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2060\u2063]/g, '');

export function fromRuns(runs: readonly Run[]): MarkedText {
  const clean = runs.map((run) => ({ ...run, text: cleaned(run.text) }));
  return { text: clean.map((run) => run.text).join(''), marks: clean.flatMap((run) => new Array<number>(run.text.length).fill(run.marks & mark.code ? mark.code : run.marks)) };
}

export function runsOf({ text, marks }: MarkedText): Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && marks[at] === marks[start]) continue;
    runs.push({ text: text.slice(start, at), marks: marks[start] ?? 0 });
    start = at;
  }
  return runs;
}

export const slice = ({ text, marks }: MarkedText, start: number, end?: number): MarkedText => ({ text: text.slice(start, end), marks: marks.slice(start, end) });

export function replace(whole: MarkedText, { start, end }: Range, inserted: MarkedText): MarkedText {
  return {
    text: whole.text.slice(0, start) + inserted.text + whole.text.slice(end),
    marks: [...whole.marks.slice(0, start), ...inserted.marks, ...whole.marks.slice(end)],
  };
}

/** Marks that a character typed at this place takes: those of the one before it on its line. */
export const marksAt = ({ text, marks }: MarkedText, at: number): number => (at > 0 && text[at - 1] !== '\n' ? marks[at - 1] ?? 0 : 0);

const isBlank = (character: string | undefined) => character === undefined || /\s/.test(character);

/** Marks that every character of the range has. */
export function marksOf(whole: MarkedText, { start, end }: Range): number {
  if (start === end) return marksAt(whole, start);
  const found = whole.marks.slice(start, end).filter((_marks, index) => !isBlank(whole.text[start + index]));
  return found.length === 0 ? marksAt(whole, end) : found.reduce((common, marks) => common & marks, 7);
}

const withMark = (marks: number, bit: number, isOn: boolean): number =>
  (!isOn ? marks & ~bit : bit === mark.code ? mark.code : (marks & ~mark.code) | bit);

/** The mark on or off for all of the range: off when all have it. */
export function toggle(whole: MarkedText, range: Range, name: MarkName): MarkedText {
  const bit = mark[name];
  const isOn = (marksOf(whole, range) & bit) === 0;
  return { text: whole.text, marks: whole.marks.map((marks, at) => (at >= range.start && at < range.end ? withMark(marks, bit, isOn) : marks)) };
}

export const toggled = (marks: number, name: MarkName): number => withMark(marks, mark[name], (marks & mark[name]) === 0);

/** Where a mark may begin: not within a word or a path. */
const begin = /(?<![^\s([{"'«„“])/.source;
/** `**x**` and code close at once. A single sign closes only when something follows: `_tmp_/x` and `__init__.py` are none. */
const shortcuts: { pattern: RegExp; name: MarkName; isLate: boolean }[] = [
  { pattern: new RegExp(`${begin}\\*\\*(?=[^\\s*])([^*\\n]*?[^\\s*])\\*\\*$`), name: 'bold', isLate: false },
  { pattern: new RegExp(`${begin}\`(?=[^\\s\`])([^\`\\n]*[^\\s\`])\`$`), name: 'code', isLate: false },
  { pattern: new RegExp(`${begin}__(?=[^\\s_])([^_\\n]*[^\\s_])__$`), name: 'bold', isLate: true },
  { pattern: new RegExp(`${begin}\\*(?=[^\\s*])([^*\\n]*?[^\\s*])\\*$`), name: 'italic', isLate: true },
  { pattern: new RegExp(`${begin}_(?=[^\\s_])([^_\\n]*[^\\s_])_$`), name: 'italic', isLate: true },
];

/** What was typed just before the caret closes a mark in Markdown: the mark instead of its signs, and where the caret is then. */
export function shortcut(whole: MarkedText, at: number, isEnd = false): { changed: MarkedText; at: number } | null {
  const before = whole.text.slice(0, at);
  const tail = isEnd ? '' : /[.,;:!?)\]}"'»”…]*\s$/.exec(before)?.[0] ?? '';
  for (const { pattern, name, isLate } of shortcuts) {
    if (isLate && !isEnd && tail === '') continue;
    const behind = isLate ? tail.length : 0;
    const match = pattern.exec(before.slice(0, at - behind));
    if (!match?.[1] || whole.marks.slice(match.index, at).some((marks) => marks & mark.code)) continue;
    const width = (match[0].length - match[1].length) / 2;
    const end = match.index + match[0].length;
    const inner = slice(whole, match.index + width, end - width);
    const marked = { text: inner.text, marks: inner.marks.map((marks) => withMark(marks, mark[name], true)) };
    return { changed: replace(whole, { start: match.index, end }, marked), at: at - 2 * width };
  }
  return null;
}
