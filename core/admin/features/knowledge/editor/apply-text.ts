import type { Selected } from './markdown-commands.ts';

export const selectedOf = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Selected => ({ text: value, start: selectionStart, end: selectionEnd });

/** Writes a changed text into the box as typing would: only what differs, so that it can be undone and the page stays where it is. */
export function applyText(area: HTMLTextAreaElement, next: Selected): void {
  const { value } = area;
  let from = 0;
  while (from < value.length && from < next.text.length && value[from] === next.text[from]) from += 1;
  let tail = 0;
  while (tail < value.length - from && tail < next.text.length - from && value.at(-1 - tail) === next.text.at(-1 - tail)) tail += 1;
  const piece = next.text.slice(from, next.text.length - tail);
  area.focus();
  area.setSelectionRange(from, value.length - tail);
  if (value !== next.text) {
    const isDone = document.execCommand(piece === '' ? 'delete' : 'insertText', false, piece);
    if (!isDone || area.value !== next.text) {
      area.value = next.text;
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  area.setSelectionRange(next.start, next.end);
}
