/** Puts text where the caret is, as typing would: it can be undone, and whoever listens for input hears of it. */
export function insertText(field: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  field.focus();
  // The one way that keeps the browser's undo; where it is gone, the text comes in all the same.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
