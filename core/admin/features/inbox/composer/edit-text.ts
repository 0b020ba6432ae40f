/** A text with what is selected in it. */
export interface Selection { text: string; start: number; end: number }

/** Puts marks around the selection, or takes them away when they are there. */
export function toggleMark({ text, start, end }: Selection, mark: '**' | '*' | '`'): Selection {
  const length = mark.length;
  const inside = text.slice(start, end);
  const isAround = text.slice(start - length, start) === mark && text.slice(end, end + length) === mark && !isPartOfBold(text, start, end, mark);
  if (isAround) return { text: text.slice(0, start - length) + inside + text.slice(end + length), start: start - length, end: end - length };
  const lead = inside.length - inside.trimStart().length;
  const core = inside.trim();
  const from = start + lead + length;
  return { text: text.slice(0, start + lead) + mark + core + mark + text.slice(start + lead + core.length), start: from, end: from + core.length };
}

/** `*` around a selection that is bold is the inner half of `**`. */
const isPartOfBold = (text: string, start: number, end: number, mark: string): boolean =>
  mark === '*' && text.slice(start - 2, start) === '**' && text.slice(end, end + 2) === '**' && text.slice(start - 3, start) !== '***';

/** Puts a piece in place of the selection, with the caret after it. */
export function insertText({ text, start, end }: Selection, piece: string): Selection {
  const at = start + piece.length;
  return { text: text.slice(0, start) + piece + text.slice(end), start: at, end: at };
}
