import { inlineMarks } from '../../shared/message-marks.ts';

/**
 * The one place where the text of a message becomes HTML. It knows bold, italic, inline code, links, line breaks and
 * fenced code; everything else stays text. Each piece of text is escaped as it is written, so no input brings a tag of its
 * own, and the only attributes are ours. Every pattern ends at the character it begins with, which keeps it linear in time.
 *
 * What somebody typed and did not mean as a mark says so by U+2060 behind the character (a backslash would eat those of
 * paths); U+2063 parts a mark from what stands beside it. Both are unseen in a text and left out of the HTML.
 */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"'\u2060\u2063]/g, (character) => entities[character] ?? '');
const linkAttributes = 'target="_blank" rel="noopener noreferrer nofollow"';
const longestLink = 2_000;

/** The text as a person reads it: without the unseen signs. */
export const plainOf = (text: string): string => text.replace(/(?<=[*_`[\]])\u2060|\u2063/g, '');

/** HTML of a message, safe to put into a page. */
export function renderText(text: string): string {
  const html: string[] = [];
  let paragraph: string[] = [];
  let code: string[] | null = null;
  const endParagraph = () => {
    if (paragraph.length > 0) html.push(`<p>${paragraph.map((line) => renderInline(line)).join('<br>')}</p>`);
    paragraph = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.startsWith('```')) {
      if (code) html.push(renderCode(code));
      else endParagraph();
      code = code ? null : [];
    } else if (code) code.push(line);
    else if (line.trim() === '') endParagraph();
    else paragraph.push(line);
  }
  endParagraph();
  if (code) html.push(renderCode(code));
  return html.join('');
}

const renderCode = (lines: readonly string[]): string => `<pre><code>${escape(lines.join('\n'))}</code></pre>`;

function renderInline(line: string): string {
  let html = '';
  let end = 0;
  for (const match of line.matchAll(inlineMarks)) {
    html += escape(line.slice(end, match.index)) + renderMatch(match);
    end = match.index + match[0].length;
  }
  return html + escape(line.slice(end));
}

function renderMatch(match: RegExpExecArray): string {
  const { literal, code, label, target, url, bold, strong, italic, emphasis } = match.groups ?? {};
  if (literal !== undefined) return escape(literal);
  if (code !== undefined) return `<code>${escape(code)}</code>`;
  if (label !== undefined && target !== undefined) return renderLink(label, target) ?? escape(match[0]);
  if (url !== undefined) return renderUrl(url);
  const heavy = bold ?? strong;
  if (heavy !== undefined) return `<strong>${renderInline(heavy)}</strong>`;
  return `<em>${renderInline(italic ?? emphasis ?? '')}</em>`;
}

/** A bare address links without the punctuation that ends the sentence around it. */
function renderUrl(url: string): string {
  let end = url.length;
  while (end > 0 && '.,;:!?)]}*_'.includes(url.charAt(end - 1))) end -= 1;
  const address = url.slice(0, end);
  return (renderLink(address, address) ?? escape(address)) + escape(url.slice(end));
}

function renderLink(label: string, target: string): string | null {
  const href = safeAddress(target);
  return href && `<a href="${escape(href)}" ${linkAttributes}>${escape(label)}</a>`;
}

/** A web or mail address as the browser will read it, or null for anything else. */
function safeAddress(target: string): string | null {
  if (target.length > longestLink || !/^(https?:\/\/|mailto:)/i.test(target) || !URL.canParse(target)) return null;
  const url = new URL(target);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

const literals = ['*', '_', '`', '['];
/** Stand-ins for what was meant literally: code points that no text has. */
const standIn = (character: string): string => String.fromCharCode(0xfdd0 + literals.indexOf(character));

/** The text on one line without its marks, for lists and notifications. At most `length` characters. */
export function snippetOf(text: string, length = 160): string {
  const plain = text.slice(0, 2_000)
    .replace(/([*_`[])\u2060/g, (_whole, character: string) => standIn(character))
    .replace(/\u2063/g, '')
    .replace(/```/g, ' ')
    .replace(/\[([^[\]\n]+)\]\([^()\s]+\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/(^|[^\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, '$1')
    .replace(/[\ufdd0-\ufdd3]/g, (character) => literals[character.charCodeAt(0) - 0xfdd0] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...plain];
  return characters.length <= length ? plain : `${characters.slice(0, length - 1).join('')}…`;
}
