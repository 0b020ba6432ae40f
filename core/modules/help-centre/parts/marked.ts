import { html, type Markup } from '../../../kernel/html/markup.ts';

/** A run of letters, and whether it was looked for. */
export type Run = readonly [text: string, isHit: boolean];

const letters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (escaped: string): string => escaped.replace(/&(?:#(\d{1,7})|([a-z]+));/g, (whole, code: string | undefined, name: string | undefined) =>
  (code === undefined ? letters[name ?? ''] ?? whole : String.fromCodePoint(Math.min(Number(code), 0x10ffff))));

/** What a search found, taken apart: it is escaped again on its way out, like everything else. */
export function runsOf(found: string): Run[] {
  return found.split(/<mark>([\s\S]*?)<\/mark>/).map((part, index): Run => [plain(part), index % 2 === 1]).filter(([text]) => text !== '');
}

export const marked = (found: string): Markup => html`${runsOf(found).map(([text, isHit]) => (isHit ? html`<mark>${text}</mark>` : text))}`;
export const withoutMarks = (found: string): string => runsOf(found).map(([text]) => text).join('');
