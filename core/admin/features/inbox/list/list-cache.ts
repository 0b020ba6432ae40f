import type { ConversationSummary } from '../../../../shared/conversations.ts';
import type { ConversationPages } from '../inbox-api.ts';

export const rowsOf = (pages: ConversationPages | undefined): ConversationSummary[] => {
  const seen = new Set<string>();
  return (pages?.pages ?? []).flatMap((page) => page.data).filter(({ id }) => !seen.has(id) && seen.add(id));
};

export const hasRow = (pages: ConversationPages | undefined, id: string): boolean => pages?.pages.some((page) => page.data.some((row) => row.id === id)) ?? false;

/** Puts newer knowledge into its row, where the row stands. Older knowledge, late on its way, changes nothing. */
export function patchRow(pages: ConversationPages, next: ConversationSummary): ConversationPages {
  if (!hasRow(pages, next.id)) return pages;
  return mapRows(pages, (row) => (row.id === next.id && next.changeVersion >= row.changeVersion ? { ...row, ...next } : row));
}

export function removeRows(pages: ConversationPages, isGone: (row: ConversationSummary) => boolean): ConversationPages {
  if (!pages.pages.some((page) => page.data.some(isGone))) return pages;
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.filter((row) => !isGone(row)) })) };
}

/** Only the first page stays: what a fresh look at a long list starts from. */
export const firstPage = (pages: ConversationPages): ConversationPages => ({ pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) });

function mapRows(pages: ConversationPages, change: (row: ConversationSummary) => ConversationSummary): ConversationPages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.map(change) })) };
}
