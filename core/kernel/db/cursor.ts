import { invalid } from '../errors.ts';

/** The values of a row's sort columns, its id last. */
export type CursorValue = string | number | null;

/** Opaque text for the place after a row in a sorted list. It carries the name of its list and order, so that it fits no other. */
export function encodeCursor(list: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([list, ...values])).toString('base64url');
}

const maxLength = 2000;

/**
 * The values of a cursor made by `encodeCursor` for the same list. `types` says what each value must be, `?` allows null. Throws
 * 400 `invalid` for anything else, so that a query only ever sees values of the right type.
 */
export function decodeCursor(list: string, text: string, types: readonly ('string' | 'number' | 'string?' | 'number?')[]): CursorValue[] {
  const values = parse(text);
  const isValid = Array.isArray(values) && values.length === types.length + 1 && values[0] === list
    && types.every((type, index) => fits(values[index + 1], type));
  if (!isValid) throw invalid('cursor', 'invalid_cursor');
  return values.slice(1) as CursorValue[];
}

function parse(text: string): unknown {
  if (text.length > maxLength) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function fits(value: unknown, type: string): boolean {
  if (value === null) return type.endsWith('?');
  return typeof value === type.replace('?', '') && (typeof value !== 'number' || Number.isSafeInteger(value));
}

/** A page of a keyset list: ask the database for `limit + 1` rows, give them here. */
export function toPage<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
