import { decodeCursor, encodeCursor } from '../../kernel/db/cursor.ts';
import type { Place } from './segment-sql.ts';

/** Where a page of a list ended: the sort key and row of its last line. */
export const encodePlace = (list: string, place: Place): string => encodeCursor(list, [place.key, place.id]);

export function decodePlace(list: string, cursor: string): Place {
  const [key, id] = decodeCursor(list, cursor, ['number', 'number']);
  return { key: Number(key), id: Number(id) };
}
