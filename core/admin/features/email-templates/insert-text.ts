/** Puts text where the caret is, as typing would: it can be undone, and whoever listens for input hears of it. Several lines stand by themselves. */
export function insertText(field: HTMLTextAreaElement | HTMLInputElement, given: string): void {
  field.focus();
  const text = field instanceof HTMLInputElement ? given.replace(/\s+/g, ' ') : ownLines(field, given);
  // The one way that keeps the browser's undo; where it is gone, the text comes in all the same.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function ownLines({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, text: string): string {
  if (!text.includes('\n')) return text;
  const before = value.slice(0, selectionStart);
  const after = value.slice(selectionEnd);
  return `${before === '' || before.endsWith('\n') ? '' : '\n\n'}${text}${after === '' || after.startsWith('\n') ? '' : '\n\n'}`;
}
