/** Bold, italic, inline code and links are all that a message knows (core/shared/message-marks.ts). */

/** A line of Markdown as a message may have it: no image, no HTML, links to http(s) alone. */
export function inline(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '')
    .replace(/<(https?:\/\/[^\s<>]+)>/g, '$1')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\[([^\]]+)\]\((?!https?:\/\/)[^)]*\)/gi, '$1')
    .replace(/\[([^\]]+)\]\(\s*(https?:\/\/[^()\s]+)(?:\s+"[^"]*")?\s*\)/gi, '[$1]($2)')
    .replace(/~~([^~]+)~~/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/** The same without any mark: for comparing and for summaries. */
export const plain = (text: string): string => inline(text).replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/(\*\*|__|`)/g, '').replace(/(?<!\p{L})[*_]|[*_](?!\p{L})/gu, '');

export const bullet = (text: string): string => `• ${inline(text)}`;
export const numbered = (text: string, number: number): string => `${number}. ${inline(text)}`;
