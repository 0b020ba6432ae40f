export interface Mark { kind: 'text' | 'bold' | 'italic' | 'code' | 'link'; text: string; href?: string }

const pattern = /\[([^\]\n]+)\]\((https?:\/\/[^\s()]+)\)|\*\*([^*\n]+)\*\*|`([^`\n]+)`|(?<![\p{L}\p{N}*])\*([^*\n]+)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_([^_\n]+)_(?![\p{L}\p{N}_])/gu;

/** What a message knows of Markdown: bold, italic, code and links to the web. Everything else is text. */
export function marksOf(text: string): Mark[] {
  const marks: Mark[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, label, href, bold, code, star, line] = match;
    if (match.index > end) marks.push({ kind: 'text', text: text.slice(end, match.index) });
    if (label !== undefined && href !== undefined) marks.push({ kind: 'link', text: label, href });
    else if (bold !== undefined) marks.push({ kind: 'bold', text: bold });
    else if (code !== undefined) marks.push({ kind: 'code', text: code });
    else marks.push({ kind: 'italic', text: star ?? line ?? '' });
    end = match.index + whole.length;
  }
  if (end < text.length) marks.push({ kind: 'text', text: text.slice(end) });
  return marks;
}
