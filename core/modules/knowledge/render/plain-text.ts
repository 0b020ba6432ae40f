import { tokensOf, wordsOf } from './markdown.ts';

/** The words of a text in Markdown, a line for each paragraph, heading, cell and line of code. */
export function plainTextOf(source: string): string {
  const lines = tokensOf(source).flatMap((token) => {
    if (token.type === 'fence' || token.type === 'code_block') return [token.content.trimEnd()];
    return token.type === 'inline' ? [wordsOf(token)] : [];
  });
  return lines.filter(Boolean).join('\n');
}

/** The beginning of a text for a list: its prose, without headings, tables and code, cut between words. */
export function excerptOf(source: string, most = 200): string {
  const prose: string[] = [];
  let heading = false;
  for (const token of tokensOf(source.slice(0, 6_000))) {
    if (token.type === 'heading_open' || token.type === 'table_open') heading = true;
    if (token.type === 'heading_close' || token.type === 'table_close') heading = false;
    if (token.type === 'inline' && !heading) prose.push(wordsOf(token));
    if (prose.join(' ').length > most) break;
  }
  return shorten(prose.filter(Boolean).join(' ') || plainTextOf(source.slice(0, 2_000)).replaceAll('\n', ' '), most);
}

/** At most so many characters, with an ellipsis for the rest. */
export function shorten(text: string, most: number): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  const letters = [...clean];
  if (letters.length <= most) return clean;
  const head = letters.slice(0, most - 1).join('');
  const space = head.lastIndexOf(' ');
  return `${(space > most / 2 ? head.slice(0, space) : head).trimEnd()}…`;
}
