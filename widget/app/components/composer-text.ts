/** A text box's content and selection. */
export interface Selected { text: string; start: number; end: number }

/** Puts marks around the selection, or takes them away when they are there. */
export function toggleMark({ text, start, end }: Selected, mark: string): Selected {
  const isMarked = text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (isMarked) {
    return { text: text.slice(0, start - mark.length) + text.slice(start, end) + text.slice(end + mark.length), start: start - mark.length, end: end - mark.length };
  }
  return { text: text.slice(0, start) + mark + text.slice(start, end) + mark + text.slice(end), start: start + mark.length, end: end + mark.length };
}

export function insertText({ text, start, end }: Selected, inserted: string): Selected {
  const place = start + inserted.length;
  return { text: text.slice(0, start) + inserted + text.slice(end), start: place, end: place };
}
