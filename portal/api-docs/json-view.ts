import { make, set } from '../dom.ts';

const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;
const colouredUpTo = 200_000;

/** Text with its JSON tokens told apart. */
function coloured(text: string): (Node | string)[] {
  if (text.length > colouredUpTo) return [text];
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [whole, string, colon = '', word] = match;
    parts.push(text.slice(end, match.index), make('span', colon ? 'key' : string ? 'string' : word ? 'word' : 'number', string ?? whole), colon);
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}

/** Code in a box that scrolls, also by keyboard. */
export function codeBox(text: string, label: string, isJson = false): HTMLPreElement {
  const box = make('pre', 'code', ...(isJson ? coloured(text) : [text]));
  return set(box, { tabindex: '0', role: 'region', 'aria-label': label, dir: 'ltr', translate: 'no' });
}
