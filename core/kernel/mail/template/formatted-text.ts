/** The marks that a message may have in a mail. Each pattern ends at the character it begins with, so it is linear in time. */
const marks = new RegExp([
  /`(?<code>[^`\n]+)`/,
  /\*\*(?=[^\s*])(?<bold>[^*\n]+)\*\*/,
  /(?<![\p{L}\p{N}_])__(?=[^\s_])(?<strong>[^_\n]+)__(?![\p{L}\p{N}_])/u,
  /(?<![\p{L}\p{N}])\*(?=[^\s*])(?<italic>[^*\n]+)\*(?![\p{L}\p{N}])/u,
  /(?<![\p{L}\p{N}_])_(?=[^\s_])(?<emphasis>[^_\n]+)_(?![\p{L}\p{N}_])/u,
].map((pattern) => pattern.source).join('|'), 'gu');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** Text of a value in HTML: escaped, its line breaks kept. */
export const plainHtml = (text: string): string => escapeHtml(text).replace(/\r\n?|\n/g, '<br>');

const codeStyle = 'font-family:ui-monospace,SFMono-Regular,Consolas,monospace;font-size:.92em';

/** Text of a message in HTML: bold, italic and code, its line breaks kept, and nothing else. */
export const formattedHtml = (text: string): string => marked(text, {
  text: plainHtml,
  code: (inner) => `<code style="${codeStyle}">${inner}</code>`, bold: (inner) => `<strong>${inner}</strong>`, italic: (inner) => `<em>${inner}</em>`,
});

/** The same without its marks, for the plain part. */
export const formattedPlain = (text: string): string => marked(text, { text: (inner) => inner, code: (inner) => inner, bold: (inner) => inner, italic: (inner) => inner });

type Writer = Record<'text' | 'code' | 'bold' | 'italic', (inner: string) => string>;

function marked(text: string, write: Writer): string {
  let all = '';
  let end = 0;
  for (const match of text.matchAll(marks)) {
    all += write.text(text.slice(end, match.index)) + one(match, write);
    end = match.index + match[0].length;
  }
  return all + write.text(text.slice(end));
}

function one(match: RegExpExecArray, write: Writer): string {
  const { code, bold, strong, italic, emphasis } = match.groups ?? {};
  if (code !== undefined) return write.code(write.text(code));
  const heavy = bold ?? strong;
  return heavy === undefined ? write.italic(marked(italic ?? emphasis ?? '', write)) : write.bold(marked(heavy, write));
}
