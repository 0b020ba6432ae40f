import { invalid } from '../errors.ts';

/** Keyset cursor of a list in the order of its row ids. */
export const encodeIdCursor = (id: number): string => Buffer.from(`id:${id}`).toString('base64url');

/** The row id of a cursor; one that we did not make is a 400. */
export function decodeIdCursor(cursor: string): number {
  const match = /^id:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) throw invalid('cursor', 'cursor');
  return Number(match[1]);
}

/** Cuts the row that was read beyond the page and tells where the next page begins. */
export function pageOf<T extends { id: number }>(rows: readonly T[], limit: number): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeIdCursor(last.id) : null };
}
